import type { ProjectStatus } from "./project.ts";

type Told = Pick<ProjectStatus, "deploys" | "findings" | "failure">;

/** Of what hangs on nothing that is remembered, the newest: of findings that are over, and of whatever people wished for. */
const MOST = { finding: 10, other: 50 };

/**
 * The records of what is told still, by key: with a deploy that is forgotten go its card and what stopped it, with a finding
 * its message, by and by. A finding that outlives the deploy in whose thread it stands keeps its place. What is forgotten is
 * not told again, as nothing asks for it any more; a commit that comes back begins anew.
 */
export function keptMessages<T extends { at: string }>(messages: Record<string, T>, status: Told): Record<string, T> {
  const newest = Object.entries(messages).toSorted(([, a], [, b]) => b.at.localeCompare(a.at));
  const of = (fate: Fate) => newest.flatMap(([key]) => (fateOf(key, status) === fate ? [key] : []));
  const kept = new Set([...of("kept"), ...of("finding").slice(0, MOST.finding), ...of("other").slice(0, MOST.other)]);
  return Object.fromEntries(Object.entries(messages).filter(([key]) => kept.has(key)));
}

type Fate = "kept" | "forgotten" | keyof typeof MOST;

function fateOf(key: string, { deploys, findings, failure }: Told): Fate {
  const [kind, ...rest] = key.split("/");
  switch (kind) {
    case "launch":
    case "milestone":
      return "kept";
    case "deploy":
      return deploys.some(({ id, sha }) => (id ?? sha) === rest[0]) ? "kept" : "forgotten";
    case "finding": {
      const known = [...findings, ...(failure ? [failure] : [])];
      return known.some(({ code, subject }) => `${code}/${subject}` === rest.join("/")) ? "kept" : "finding";
    }
    default:
      return "other";
  }
}
