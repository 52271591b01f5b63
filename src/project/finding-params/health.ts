import { z } from "zod";

const text = z.string();
const repository = z.object({ repository: text });

/** What the doctor finds of Slipway itself and of what it stands on. */
export const health = {
  "watch-stale": z.object({ kinds: text, stale: z.number(), count: z.number(), seconds: z.number() }),
  "leader-missing": z.object({ namespace: text, holder: text.optional(), seconds: z.number().optional() }),
  "rights-missing": z.object({ rights: text }),
  "access-file-wrong": z.object({ file: text }),
  "slack-socket-down": z.object({}),
  "github-rights-missing": z.object({ login: text, rights: text, kind: z.enum(["app", "token"]) }),
  "flux-silent": z.object({ kind: text, object: text, minutes: z.number() }),
  "public-url-unreachable": z.object({ url: text, vantage: text, outcome: text }),
  "webhook-missing": repository,
  "webhook-secret-wrong": repository,
  "webhook-undelivered": repository,
  "vantage-silent": z.object({ names: text }),
};
