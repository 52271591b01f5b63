import type { Diagnosis } from "../diagnosis/diagnose.ts";
import { steadyText } from "../facts/steady-text.ts";
import type { Finding } from "../project/finding.ts";
import { maskSecrets } from "../project/mask-secrets.ts";
import type { FindingStatus } from "../project/project.ts";

/** How many that are over are remembered. */
const KEPT = 20;
/** `lastSeen` moves no more often than this, so that a lasting trouble does not write status at every look. */
const SEEN_EVERY_MS = 30_000;

/**
 * What was known, with what is seen now. Not seen: recovered, unless its rule could not look there.
 * Seen again after recovery it begins anew.
 * What was of an environment that is not looked at any more is over with it, whatever is so there. `stopped`: what is known of elsewhere; seen now, it is not new.
 */
export function mergeFindings(
  before: FindingStatus[],
  seen: { findings: readonly Finding[]; unknown: Diagnosis["unknown"]; environments?: readonly string[] },
  at: Date,
  stopped: readonly FindingStatus[] = [],
): FindingStatus[] {
  const open = before.filter(({ recoveredAt }) => recoveredAt === undefined);
  const over = before.filter(({ recoveredAt }) => recoveredAt !== undefined);
  const known = [...open, ...stopped];
  const now = seen.findings.map((finding) => findingStatus(finding, known.find(same(finding)), at));
  const isLeft = ({ environment }: FindingStatus) =>
    environment !== undefined && seen.environments?.includes(environment) === false;
  const gone = open
    .filter((each) => !seen.findings.some((finding) => same(finding)(each)))
    .map((each) => {
      if (isLeft(each)) return { ...each, recoveredAt: at.toISOString(), unlooked: true };
      return isBlind(each, seen.unknown) ? each : { ...each, recoveredAt: at.toISOString() };
    });
  // Of a finding that came back only the new time is shown; its message is edited.
  const history = [...over, ...gone].filter((each) => each.recoveredAt === undefined || !now.some(same(each)));
  return [...history.slice(-KEPT), ...now];
}

/** As it stands in status. Whoever said what proves it, secrets and what each try names anew are left out before it is kept. */
export function findingStatus(finding: Finding, before: FindingStatus | undefined, at: Date): FindingStatus {
  const { since, count, ...rest } = finding;
  const fresh = before === undefined || at.getTime() - new Date(before.lastSeen).getTime() >= SEEN_EVERY_MS;
  const seen = before === undefined ? 1 : before.count + (fresh ? 1 : 0);
  return {
    ...rest,
    evidence: steadyText(maskSecrets(rest.evidence)),
    since: before?.since ?? (since ?? at).toISOString(),
    lastSeen: fresh ? at.toISOString() : before.lastSeen,
    count: count === undefined ? seen : Math.max(count, before?.count ?? 1),
    ...(before?.checked ? { checked: before.checked } : {}),
  };
}

/** One that was stored before findings had an environment may be of any. */
function isBlind({ code, environment }: FindingStatus, unknown: Diagnosis["unknown"]): boolean {
  return unknown.some((each) => each.code === code && (environment ?? each.environment) === each.environment);
}

function same(a: { code: string; subject: string }) {
  return (b: { code: string; subject: string }) => a.code === b.code && a.subject === b.subject;
}
