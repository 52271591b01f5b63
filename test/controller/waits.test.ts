import { describe, expect, test } from "vitest";
import { act } from "../../src/controller/act.ts";
import { createUnderway } from "../../src/controller/create-underway.ts";
import { withTimes } from "../../src/controller/with-times.ts";
import type { Ports } from "../../src/project/ports/ports.ts";
import type { StageStatus } from "../../src/project/project.ts";
import { firstCommit } from "../../src/steps/first-commit.ts";
import { gitCredentials } from "../../src/steps/git-credentials.ts";
import { image } from "../../src/steps/image.ts";
import { pullSecret } from "../../src/steps/pull-secret.ts";
import type { Step } from "../../src/steps/step.ts";
import { en } from "../../src/words/en/index.ts";
import { reasonSaid } from "../../src/words/reason-said.ts";
import { buildsOfRuns, environment, facts } from "../builders/facts.ts";
import { at, NOW, project } from "../builders/project.ts";
import { run, SHA } from "../builders/run.ts";
import { settings } from "../builders/settings.ts";
import { template } from "../builders/template.ts";
import { createWorld } from "../builders/world/create-world.ts";

describe("a step that somebody does not answer", () => {
  const never = () => new Promise<never>(() => {});
  const hangs: Record<string, (ports: Ports) => Ports> = {
    github: (ports) => ({
      ...ports,
      github: { ...ports.github, cloneCredential: never, rerunFailedJobs: never, pushFirstCommit: never },
    }),
    registry: (ports) => ({ ...ports, registry: { ...ports.registry, pullCredential: never } }),
    cluster: (ports) => ({ ...ports, cluster: { ...ports.cluster, apply: never, list: never } }),
  };
  const made = { id: 1, url: "", cloneUrl: "", defaultBranch: "main" };

  test.each<[string, string, Step]>([
    ["github", "first-commit", firstCommit],
    ["cluster", "first-commit", firstCommit],
    ["github", "git-credentials", gitCredentials],
    ["cluster", "git-credentials", gitCredentials],
    ["registry", "pull-secret", pullSecret],
    ["cluster", "pull-secret", pullSecret],
    ["github", "image", image],
  ])("names %s, where %s waits for it", async (who, _, step) => {
    const world = createWorld();
    const status = { repository: made, ...(step === firstCommit ? {} : { launch: { sha: SHA } }) };
    const builds = buildsOfRuns(run({ status: "completed", conclusion: "failure" }));
    const ports = hangs[who]?.(world.controller.ports) ?? world.controller.ports;
    const context = {
      project: project({ status }),
      settings: settings(),
      facts: facts({ environments: [environment({})], builds }),
      ports,
      template: template(),
      retrying: true,
    };
    const underway = createUnderway(10);
    const alone = { ...step, after: [] };
    for (const _pass of [1, 2]) {
      const { outcomes } = await act([alone], context, { log: world.controller.log, underway });
      expect(outcomes[0]?.outcome).toMatchObject({ state: "waiting", reason: "Underway", params: { of: who } });
    }
  });
});

test("a cluster that is prepared as far as it can be names the repository, which the rest of it waits for", async () => {
  const world = createWorld();
  await world.create();
  world.controller.underway = createUnderway(10);
  const { github } = world.controller.ports;
  world.controller.ports = {
    ...world.controller.ports,
    github: { ...github, createRepository: () => new Promise<never>(() => {}) },
  };
  await world.pass();
  const said = (stage: string) => {
    const row = world.status().stages.find((each) => each.stage === stage);
    return row && reasonSaid(row.reason, row.params, en);
  };
  expect(said("repository")).toBe("waiting for GitHub to answer");
  expect(said("cluster")).toBe("waits for the repository");
});

describe("the time of a row", () => {
  const row = (given: Partial<StageStatus>): StageStatus => ({
    ...{ stage: "rollout", state: "waiting", reason: "RolloutApplying", params: {} },
    ...given,
  });
  const since = (was: Partial<StageStatus>, now: Partial<StageStatus>) =>
    withTimes(row(now), row({ startedAt: NOW.toISOString(), ...was }), at(120)).startedAt;

  test("begins once what it waited for is there: the build's time is not the rollout's", () => {
    expect(since({ reason: "RolloutWaitsForImage" }, {})).toBe(at(120).toISOString());
    expect(since({ reason: "RolloutWaitsForImage" }, { reason: "RolloutWaitsForImage" })).toBe(NOW.toISOString());
    expect(since({}, { reason: "RolloutProgressing" })).toBe(NOW.toISOString());
    expect(since({}, { state: "done", reason: "RolloutDone" })).toBe(NOW.toISOString());
  });

  test("begins again with another try", () => {
    expect(since({ state: "failed", reason: "Stalled" }, {})).toBe(at(120).toISOString());
  });
});

test("a URL that nobody has looked at since says so, and not that something else is missing", async () => {
  const world = createWorld({ outside: true });
  const reasons: string[] = [];
  await world.create();
  await world.until(() => {
    const { stages, phase } = world.status();
    const [here] = stages.filter(({ stage, state }) => stage === "reachable" && state === "waiting");
    if (here) reasons.push(here.reason);
    return phase === "Live";
  });
  expect([...new Set(reasons)]).toEqual(["ReachableUnseen"]);
});
