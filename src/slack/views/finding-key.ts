import type { FindingStatus } from "../../project/project.ts";

/** Names a finding within its project: in buttons, and as the key of its message. */
export function findingKey(found: Pick<FindingStatus, "code" | "subject">): string {
  return `${found.code}/${found.subject}`;
}
