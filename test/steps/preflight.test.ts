import { describe, expect, test } from "vitest";
import { Problem } from "../../src/project/problem.ts";
import { preflight } from "../../src/steps/preflight.ts";
import { at } from "../builders/project.ts";
import { contextOf } from "../builders/step-context.ts";
import { template } from "../builders/template.ts";
import { createWorld } from "../builders/world/create-world.ts";

/** What the step says of a world where GitHub meets whoever looks for the repository with a problem. */
async function meeting(problem: Problem): Promise<unknown> {
  const world = createWorld();
  const context = contextOf({ world, status: { repository: undefined, ledger: [] } });
  world.cluster.objects.delete("Namespace//rrr");
  const { ports } = world.controller;
  const github = { ...ports.github, repository: () => Promise.reject(problem) };
  return preflight
    .ensure({ ...context, template: template(), ports: { ...ports, github } })
    .catch((error: unknown) => error);
}

describe("a look before the launch that could not be had", () => {
  test("is told with what names the cause", async () => {
    const said = await meeting(
      new Problem("cluster-unreachable", { evidence: "502", params: { server: "10.0.0.1", answer: "unclear" } }),
    );
    expect(said).toBeInstanceOf(Problem);
    expect(said).toMatchObject({
      code: "cluster-unreachable",
      params: { server: "10.0.0.1", answer: "unclear" },
      evidence: "502",
      destiny: { kind: "retry" },
    });
  });

  test("is waited for as long as who was asked says", async () => {
    const until = at(600);
    const limit = { destiny: { kind: "wait", until } as const, params: { until: until.toISOString() } };
    const said = await meeting(new Problem("github-rate-limited", { ...limit, evidence: "403" }));
    expect(said).toMatchObject({ code: "github-rate-limited", ...limit });
  });
});
