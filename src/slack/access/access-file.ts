import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import { z } from "zod";

export const ROLES = ["viewer", "developer", "admin"] as const;
export type Role = (typeof ROLES)[number];

const rule = z.strictObject({
  role: z.enum(ROLES, "must be viewer, developer or admin"),
  /** Slack ids; somebody of `users` or `groups`, and in one of `channels` where any are named. */
  users: z.array(z.string().regex(/^[UW][A-Z0-9]+$/, "is not a Slack user's id (U…)")).default([]),
  groups: z.array(z.string().regex(/^S[A-Z0-9]+$/, "is not a Slack user group's id (S…)")).default([]),
  channels: z.array(z.string().regex(/^[CG][A-Z0-9]+$/, "is not a Slack channel's id (C…)")).default([]),
  /** Where any are named: what changes one of them, and nothing that is of the whole project. */
  environments: z
    .array(z.string().regex(/^[a-z]([-a-z0-9]*[a-z0-9])?$/, "is not an environment's name (production)"))
    .default([]),
});

const file = z.strictObject({
  /** Of everybody whom no rule names. */
  default: z.enum([...ROLES, "none"], "must be viewer, developer, admin or none").default("developer"),
  rules: z
    .array(
      rule.refine(
        (it) => it.users.length + it.groups.length + it.channels.length + it.environments.length > 0,
        "names nobody",
      ),
    )
    .default([]),
});

export type AccessRules = z.output<typeof file>;
export type AccessRule = AccessRules["rules"][number];

/** ACCESS_FILE's text. Throws with every problem at once, each with its line and field. */
export function parseAccessFile(text: string): AccessRules {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const malformed = document.errors.map(({ pos, message }) => `line ${lines.linePos(pos[0]).line}: ${message}`);
  if (malformed.length > 0) throw new Error(malformed.join("; "));
  const read = file.safeParse(document.toJS() ?? {});
  if (read.success) return read.data;
  throw new Error(read.error.issues.map((issue) => problemOf(issue, document, lines)).join("; "));
}

function problemOf(issue: z.core.$ZodIssue, document: Document, lines: LineCounter): string {
  const unknown = issue.code === "unrecognized_keys";
  const path = [...issue.path, ...(unknown ? issue.keys.slice(0, 1) : [])];
  const field = path.length === 0 ? "" : `, ${z.core.toDotPath(path)}`;
  return `line ${lineOf(path, document, lines)}${field}: ${unknown ? "is no field of this file" : issue.message}`;
}

/** Of what is missing, the line of what it is missing in. */
function lineOf(path: readonly PropertyKey[], document: Document, lines: LineCounter): number {
  for (let end = path.length; end >= 0; end -= 1) {
    const node = end === 0 ? document.contents : document.getIn(path.slice(0, end), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

/** Without a file: everybody may launch, only who launched may remove. */
export const OPEN_ACCESS: AccessRules = { default: "developer", rules: [] };
