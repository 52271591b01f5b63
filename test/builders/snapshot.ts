import type { Commit } from "../../src/project/ports/github.ts";
import { known } from "../../src/project/read.ts";
import type { EnvironmentSnapshot, Snapshot } from "../../src/project/snapshot.ts";
import { NOW } from "./project.ts";
import { SHA } from "./run.ts";

/** One environment in which nothing stands yet, and everything could be read. */
export function environment(given: Partial<EnvironmentSnapshot> = {}): EnvironmentSnapshot {
  return {
    environment: { name: "production", namespace: "rrr", host: "rrr.example.com", replicas: 1 },
    namespace: known(undefined),
    source: known(undefined),
    kustomization: known(undefined),
    deployments: known([]),
    pods: known([]),
    services: known([]),
    ingresses: known([]),
    certificates: known([]),
    challenges: known([]),
    sourceEvents: known([]),
    cloud: "",
    probes: [],
    ...given,
  };
}

export function snapshot(given: Partial<Snapshot> = {}): Snapshot {
  return {
    at: NOW,
    repository: known(undefined),
    head: known(undefined),
    runs: known([]),
    jobs: known([]),
    failure: known(undefined),
    images: {},
    environments: [environment()],
    ...given,
  };
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
