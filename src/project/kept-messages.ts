import type { ProjectStatus } from "./project.ts";

type Told = Pick<ProjectStatus, "deploys" | "findings" | "failure">;

/** Of what is told once about a person's wish; as many as there are ids of wishes that are remembered. */
const OTHERS = 50;

/**
 * The records of what is told still, by key: with a deploy that is forgotten go its card and what stopped it, with a finding
 * its message. A finding that outlives the deploy in whose thread it stands keeps its place. What is forgotten is not told
 * again, as nothing asks for it any more; a commit or trouble that comes back begins anew.
 */
export function keptMessages<T extends { at: string }>(messages: Record<string, T>, status: Told): Record<string, T> {
  const kept = Object.entries(messages).filter(([key]) => isTold(key, status) !== false);
  const others = kept.filter(([key]) => isTold(key, status) === undefined);
  const forgotten = others.toSorted(([, a], [, b]) => b.at.localeCompare(a.at)).slice(OTHERS);
  return Object.fromEntries(kept.filter((each) => !forgotten.includes(each)));
}

/** Undefined: it hangs on nothing that is forgotten. */
function isTold(key: string, { deploys, findings, failure }: Told): boolean | undefined {
  const [kind, ...rest] = key.split("/");
  switch (kind) {
    case "launch":
    case "milestone":
      return true;
    case "deploy":
      return deploys.some(({ id, sha }) => (id ?? sha) === rest[0]);
    case "finding":
      return [...findings, ...(failure ? [failure] : [])].some(
        ({ code, subject }) => `${code}/${subject}` === rest.join("/"),
      );
    default:
      return undefined;
  }
}
