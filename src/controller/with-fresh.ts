import type { FindingStatus } from "../project/project.ts";

/** With what was found anew; one of the same that is open already is as good, and one that is over begins anew. */
export function withFresh(findings: FindingStatus[], fresh: readonly FindingStatus[]): FindingStatus[] {
  const added = fresh.filter((each) => !findings.some((known) => known.recoveredAt === undefined && same(known, each)));
  if (added.length === 0) return findings;
  return [...findings.filter((known) => !added.some((each) => same(known, each))), ...added];
}

function same(a: FindingStatus, b: FindingStatus): boolean {
  return a.code === b.code && a.subject === b.subject;
}
