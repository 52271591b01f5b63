import { z } from "zod";

const text = z.string();
const nothing = z.object({});

export const github = {
  /** `now`: the repository that this name leads to. */
  "repo-name-taken": z.object({ repository: text, url: text.optional(), now: text.optional() }),
  /** `now`: what it is called since; `other`: the repository that has its name since. */
  "repo-gone": z.object({ repository: text, now: text.optional(), url: text.optional(), other: text.optional() }),
  "pin-commit-missing": z.object({ repository: text, sha: text, environment: text, project: text }),
  "repo-archived": z.object({ repository: text.default("The repository"), url: text.optional() }),
  "repo-name-illegal": z.object({ repository: text.optional() }),
  "repo-not-ready": nothing,
  "github-token-invalid": nothing,
  /**
   * `permission`: as GitHub calls it, `Administration (write)`, or a code: `installation`, `own-token`. `scope`: of a classic
   * token. `where`: a URL, or a code: `app-page`, `install-app`, `token-page`, `developer-settings`.
   */
  "github-permission-missing": z.object({
    permission: text,
    where: text,
    scope: text.optional(),
    owner: text.optional(),
  }),
  "github-rate-limited": z.object({ until: text.optional(), left: z.number().optional(), of: z.number().optional() }),
  "github-unreachable": nothing,
  "github-refused": nothing,
  /** Of a rule that refuses it (`ruleset`, `protection`, `rule`), or of a branch that somebody else has pushed to. */
  "push-rejected": z.object({ branch: text.optional(), rule: text.optional() }),
};
