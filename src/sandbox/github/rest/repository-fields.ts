import { z } from "zod";

/** What a repository is made or changed with. */
export const repositoryFields = z.object({
  name: z.string(),
  description: z.string().nullish(),
  homepage: z.string().nullish(),
  private: z.boolean().optional(),
  visibility: z.enum(["public", "private", "internal"]).optional(),
  has_issues: z.boolean().optional(),
  has_projects: z.boolean().optional(),
  has_wiki: z.boolean().optional(),
  is_template: z.boolean().optional(),
  auto_init: z.boolean().optional(),
});
