import { Problem } from "../project/problem.ts";
import { lookAhead } from "./look-ahead.ts";
import type { Step } from "./step.ts";

/** The command has looked already; a Project that came by kubectl is looked at here. Once something is made, never again. */
export const preflight: Step = {
  name: "preflight",
  scope: "project",
  stage: "repository",
  after: [],
  async ensure({ project, settings, ports, template, facts }) {
    if (project.status.ledger.some(({ state }) => state === "made") || project.status.repository)
      return { state: "done" };
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
      throw new Problem(String(unseen.params?.code), {
        params: unseen.params ?? {},
        evidence: String(unseen.params?.detail),
      });
    if (!failed) return { state: "done" };
    throw new Problem(failed.reason, {
      destiny: { kind: "person" },
      params: failed.params ?? {},
      evidence: `checked at ${facts.at.toISOString()}, before anything was made`,
    });
  },
};
