import { z } from "zod";
import { openObject } from "./open-object.ts";
import { STAGES } from "./stage.ts";

const instant = z.iso.datetime({ offset: true });
const params = z.record(z.string(), z.union([z.string(), z.number()]));

/** A finding, as status keeps it. */
export const findingRecord = openObject({
  code: z.string(),
  subject: z.string(),
  /** Of which environment; absent: of the project. */
  environment: z.string().optional(),
  /** The row that it stops while it lasts. */
  stage: z.enum(STAGES).optional(),
  /** `wait` is of a version before: what is normal is in the rows. */
  severity: z.enum(["wait", "warn", "fail"]),
  evidence: z.string(),
  seenFrom: z.string(),
  params: params.default({}),
  remedies: z.array(z.string()).default([]),
  since: instant,
  lastSeen: instant,
  count: z.number().int(),
  /** A person asked for a look at it: what that found. `waiting` and `late`: nobody has looked since. */
  checked: openObject({
    by: z.string(),
    at: instant,
    state: z.enum(["waiting", "late", "there", "unseen"]),
    /** Why it is `unseen`, as `unreadParams` has it; `reason` is a version before's. */
    unread: params.optional(),
    reason: z.string().optional(),
  }).optional(),
  /** Set once it is over. */
  recoveredAt: instant.optional(),
  /** That is since its environment was taken out of the spec: nobody has looked whether it is so still. */
  unlooked: z.boolean().optional(),
});
