import { z } from "zod";

const text = z.string();
const unread = z.enum(["registry", "lineage"]).optional();

export const build = {
  "build-failed": z.object({
    number: z.number(),
    url: text,
    sha: text,
    conclusion: text.default("failure"),
    job: text.optional(),
    step: text.optional(),
    /** What could not be read of its image. */
    unread,
  }),
  "workflow-missing": z.object({
    repository: text,
    sha: text,
    workflow: text.default("the workflow"),
    state: z.enum(["active", "disabled", "missing", ""]).catch(""),
  }),
  "build-cancelled": z.object({ number: z.number(), url: text, sha: text, unread }),
  /** `image`: of the commit itself, or of one before it. */
  "build-red": z.object({
    number: z.number(),
    url: text,
    sha: text,
    image: z.enum(["own", "kept"]).catch("own"),
    job: text.optional(),
  }),
  "actions-disabled": z.object({ owner: text.optional() }),
};
