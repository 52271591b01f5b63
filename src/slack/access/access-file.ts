import { parse } from "yaml";
import { z } from "zod";

export const ROLES = ["viewer", "developer", "admin"] as const;
export type Role = (typeof ROLES)[number];

const rule = z.strictObject({
  role: z.enum(ROLES),
  /** Slack ids; somebody of `users` or `groups`, and in one of `channels` where any are named. */
  users: z.array(z.string().regex(/^[UW][A-Z0-9]+$/, "is not a Slack user's id (U…)")).default([]),
  groups: z.array(z.string().regex(/^S[A-Z0-9]+$/, "is not a Slack user group's id (S…)")).default([]),
  channels: z.array(z.string().regex(/^[CG][A-Z0-9]+$/, "is not a Slack channel's id (C…)")).default([]),
});

const file = z.strictObject({
  /** Of everybody whom no rule names. */
  default: z.enum([...ROLES, "none"]).default("developer"),
  rules: z
    .array(rule.refine((it) => it.users.length + it.groups.length + it.channels.length > 0, "names nobody"))
    .default([]),
});

export type AccessRules = z.output<typeof file>;
export type AccessRule = AccessRules["rules"][number];

/** ACCESS_FILE's text. Rejects with every problem at once, in words. */
export function parseAccessFile(text: string): AccessRules {
  const read = file.safeParse(parse(text) ?? {});
  if (read.success) return read.data;
  throw new Error(`the access file is wrong: ${z.prettifyError(read.error)}`);
}

/** Without a file: everybody may launch, only who launched may remove. */
export const OPEN_ACCESS: AccessRules = { default: "developer", rules: [] };
