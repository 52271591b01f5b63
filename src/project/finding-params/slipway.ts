import { z } from "zod";

const text = z.string();
const nothing = z.object({});

/** Slipway's own troubles. */
export const slipway = {
  internal: nothing,
  "ledger-unknown-kind": z.object({ kind: text }),
  /** With what src/words/en/fault.ts says of the first field that is wrong; `others`: further Projects. */
  "project-unreadable": z.object({
    name: text,
    namespace: text.default(""),
    others: text.optional(),
    field: text.optional(),
    fault: text.optional(),
    wanted: z.union([text, z.number()]).optional(),
    of: text.optional(),
    more: z.number().optional(),
  }),
  "wishes-waiting": z.object({ name: text }),
  "leader-lost": nothing,
  "slack-not-in-channel": nothing,
  "slack-archived": nothing,
  "slack-scope-missing": nothing,
  "slack-unreachable": nothing,
  "slack-token-invalid": nothing,
};
