import { Problem } from "../project/problem.ts";
import { lookAhead } from "./look-ahead.ts";
import type { Step } from "./step.ts";

/** Milliseconds that a look at a Project that was asked for is as good as a look now. */
const FRESH_MS = 60_000;

/** What the first look could not see, or saw too long ago, is looked at here. Once something is made, never again. */
export const preflight: Step = {
  name: "preflight",
  scope: "project",
  stage: "repository",
  after: [],
  async ensure({ project, settings, ports, template, facts, retrying }) {
    const { ledger, repository, preflight } = project.status;
    if (ledger.some(({ state }) => state === "made") || repository) return { state: "done" };
    const isFresh = preflight && facts.at.getTime() - Date.parse(preflight.at) < FRESH_MS;
    const isClear = preflight?.lines.every(({ state }) => state === "ok" || state === "warning");
    if (isFresh && isClear && !retrying) return { state: "done" };
    const lines = await lookAhead({
      name: project.metadata.name,
      spec: project.spec,
      settings,
      ports,
      template,
      project,
    });
    const failed = lines.find(({ state }) => state === "failed");
    const unseen = lines.find(({ state }) => state === "unknown");
    // Nothing is made on a guess: what could not be looked at is looked at again.
    if (!failed && unseen)
      throw problemOf(String(unseen.params?.code), {
        ...waitOf(unseen.params?.until),
        params: unseen.params ?? {},
        evidence: String(unseen.params?.detail),
      });
    if (!failed) return { state: "done" };
    throw problemOf(failed.reason, {
      destiny: { kind: "person" },
      params: failed.params ?? {},
      evidence: `checked at ${facts.at.toISOString()}, before anything was made`,
    });
  },
};

/** GitHub says until when it is not to be asked: nobody knocks before. */
function waitOf(until: string | number | undefined): Partial<Pick<Problem, "destiny">> {
  return until === undefined ? {} : { destiny: { kind: "wait", until: new Date(until) } };
}

function problemOf(
  code: string,
  options: Pick<Problem, "params" | "evidence"> & Partial<Pick<Problem, "destiny">>,
): Problem {
  // The look is of a problem or finding of that code, with all of its facts.
  return new Problem(...([code, options] as unknown as ConstructorParameters<typeof Problem>));
}
