import { answerOf } from "../../src/facts/answer.ts";
import { type Build, buildOf } from "../../src/facts/build.ts";
import { type EnvironmentFacts, environmentFactsOf, type Objects } from "../../src/facts/environment-facts.ts";
import type { Facts } from "../../src/facts/facts.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import type { Commit, WorkflowRun } from "../../src/project/ports/github.ts";
import type { Environment } from "../../src/project/project.ts";
import { known, type Read } from "../../src/project/read.ts";
import { NOW } from "./project.ts";
import { SHA } from "./run.ts";

interface Given extends Partial<Pick<EnvironmentFacts, "site" | "cloud" | "handlers">> {
  environment?: Partial<Environment>;
  /** Of the project. */
  name?: string;
  /** As the API server gives them, of any kinds. */
  objects?: KubeObject[];
  /** Kinds that could not be read, and why. */
  unread?: Record<string, Read<never>>;
}

/** One environment in which nothing stands but the given objects, and everything could be read. */
export function environment(given: Given = {}): EnvironmentFacts {
  const { objects = [], unread = {}, site, cloud = "", handlers = {} } = given;
  const read: Objects = {};
  for (const object of objects) {
    const before = read[object.kind];
    read[object.kind] = known([...(before?.known ? before.value : []), object]);
  }
  const here = {
    name: "production",
    namespace: "rrr",
    host: "rrr.example.com",
    replicas: 1,
    follow: "branch" as const,
    ...given.environment,
  };
  const parsed = environmentFactsOf(here, given.name ?? "rrr", { ...read, ...unread });
  return { ...parsed, site, answer: answerOf(site, NOW), cloud, handlers };
}

export function facts(given: Partial<Facts> = {}): Facts {
  return {
    at: NOW,
    repository: known(undefined),
    webhook: known(undefined),
    author: known(undefined),
    head: known(undefined),
    pinned: {},
    builds: {},
    workflow: known(undefined),
    lineage: known(undefined),
    manifests: {},
    jobs: known([]),
    failure: known(undefined),
    images: {},
    environments: [environment()],
    ...given,
  };
}

/** What GitHub says of the runs, by commit. */
export function buildsOfRuns(...runs: WorkflowRun[]): Record<string, Read<Build>> {
  return Object.fromEntries(runs.map(({ sha }) => [sha, known(buildOf(runs.filter((each) => each.sha === sha)))]));
}

export function commit(given: Partial<Commit> = {}): Commit {
  const sha = given.sha ?? SHA;
  return {
    sha,
    title: "Start rrr from tiny",
    author: "Ada",
    url: `https://github.com/acme/rrr/commit/${sha}`,
    at: NOW,
    parents: [],
    ...given,
  };
}
