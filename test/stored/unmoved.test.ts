import { describe, expect, test } from "vitest";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import { podTemplates } from "./pod-templates.ts";
import { recordings } from "./recordings.ts";
import { storedWorld } from "./stored-world.ts";

const PASSES = 4;
const goes = ({ project }: { project: KubeObject }) => /Remov/.test(JSON.stringify(project.status));
const running = recordings().filter(
  ([, recorded]) => recorded.objects.some(({ kind }) => kind === "Pod") && !goes(recorded),
);

describe.each(running)("what runs of a Project that is %s", (_, recorded) => {
  test("stays: the same pods of the same templates, and nothing of it is deleted", async () => {
    const world = await storedWorld(recorded);
    for (let pass = 0; pass < PASSES; pass += 1) await world.pass();
    const kustomizations = recorded.objects.filter(({ kind }) => kind === "Kustomization");
    expect(kustomizations.length).toBeGreaterThan(0);
    for (const before of kustomizations) {
      const after = world.cluster.objects.get(`Kustomization/${before.metadata.namespace}/${before.metadata.name}`);
      if (!after) throw new Error("it was there");
      const templates = podTemplates(before, recorded.files);
      expect(templates.length).toBeGreaterThan(0);
      expect(podTemplates(after, recorded.files)).toEqual(templates);
    }
    expect(world.cluster.deleted).toEqual([]);
    const workloads = ["Deployment", "ReplicaSet", "Pod", "Service", "Ingress"];
    for (const before of recorded.objects.filter(({ kind }) => workloads.includes(kind)))
      expect(world.cluster.objects.get(`${before.kind}/${before.metadata.namespace}/${before.metadata.name}`)).toEqual(
        before,
      );
  });

  test("stays as many as it was, until the Project asks for another count", async () => {
    const world = await storedWorld(recorded);
    const counts = () =>
      [...world.cluster.objects.values()]
        .filter(({ kind }) => kind === "Kustomization")
        .map(({ spec }) => JSON.stringify(spec).includes("/spec/replicas"));
    for (let pass = 0; pass < PASSES; pass += 1) await world.pass();
    expect(counts()).toEqual(counts().map(() => false));
    const { spec, status } = world.standing();
    expect(status.environments.map(({ launchedReplicas }) => launchedReplicas)).toEqual(
      spec.environments.map(({ replicas }) => replicas),
    );
    for (const environment of spec.environments) environment.replicas += 1;
    await world.pass();
    // What was cancelled or kept is left as it is.
    expect(counts()).toEqual(counts().map(() => status.phase === "Live" || status.phase === "Launching"));
  });

  test("stays of the repository that it was: none is made, and nothing is committed", async () => {
    const world = await storedWorld(recorded);
    const held = () =>
      [...world.memory.repositories].map(([name, { repository, commits }]) => [name, repository.id, commits.length]);
    const before = held();
    for (let pass = 0; pass < PASSES; pass += 1) await world.pass();
    expect(held()).toEqual(before);
  });
});
