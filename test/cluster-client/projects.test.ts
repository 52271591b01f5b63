import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { crdYaml } from "../../scripts/crd-yaml.ts";
import { createQueue } from "../../src/controller/queue.ts";
import { reconcile } from "../../src/controller/reconcile.ts";
import { NOW, project } from "../builders/project.ts";
import { createWorld } from "../builders/world/create-world.ts";
import { type Server, soon, startServer } from "./start-server.ts";

let server: Server;
let client: ReturnType<Server["connect"]>;

beforeAll(async () => {
  server = await startServer();
  // As it was before what is stored was held to a schema.
  const crd = parse(crdYaml());
  const [version] = crd.spec.versions;
  version.schema.openAPIV3Schema = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  server.store.apply(crd, { fieldManager: "kubectl", force: true });
  client = server.connect();
  await client.projects.create("fine", project().spec);
  store("older", { phase: "Paused" });
  store("newer", { version: 2 });
});
afterAll(() => server.close());

function store(name: string, status: object) {
  server.store.create({
    apiVersion: "slipway.dev/v1alpha1",
    kind: "Project",
    metadata: { name, namespace: "slipway-system" },
    spec: project().spec,
  });
  server.store.updateStatus(ref(name), status);
}

const ref = (name: string) => ({
  apiVersion: "slipway.dev/v1alpha1",
  kind: "Project",
  namespace: "slipway-system",
  name,
});

describe("a Project that cannot be read", () => {
  test("is in the list by its name and what is wrong, and hides no other", async () => {
    const { projects, unreadable } = await client.projects.list();
    expect(projects.map(({ metadata }) => metadata.name)).toEqual(["fine"]);
    expect(unreadable).toEqual([
      { name: "newer", fault: { fault: "newer", field: "status.version", more: 0 }, fields: ["status.version"] },
      {
        name: "older",
        fault: expect.objectContaining({ fault: "choice", field: "status.phase" }),
        fields: ["status.phase"],
      },
    ]);
  });

  test("asked for by name is a problem that a person solves", async () => {
    await expect(client.projects.get("older")).rejects.toMatchObject({
      code: "project-unreadable",
      destiny: { kind: "person" },
      params: { name: "older", namespace: "slipway-system", field: "status.phase" },
    });
  });

  test("is looked at less and less often, told in the log each time, and never written", async () => {
    const world = createWorld();
    const controller = { ...world.controller, ports: { ...world.controller.ports, projects: client.projects } };
    const { resourceVersion } = server.store.get(ref("older"))?.metadata ?? {};
    const failures: { at: number; error: unknown }[] = [];
    const queue = createQueue({
      work: (name) => reconcile(name, controller),
      workers: 8,
      onError: (_, error) => failures.push({ at: Date.now(), error }),
      now: () => new Date(),
    });
    queue.add("older");
    await soon(() => failures.length === 3);
    await queue.stop();
    const [first = 0, second = 0, third = 0] = failures.map(({ at }) => at);
    expect(second - first).toBeGreaterThanOrEqual(990);
    expect(third - second).toBeGreaterThanOrEqual(1990);
    for (const { error } of failures)
      expect(error).toMatchObject({ code: "project-unreadable", evidence: "status.phase" });
    expect(server.store.get(ref("older"))?.metadata.resourceVersion).toBe(resourceVersion);
    expect(world.calls).toEqual([]);
  });
});

describe("what a later version has written", () => {
  test("is kept by a write of this one, at any depth", async () => {
    const { projects } = client;
    const made = await projects.create("kept", project().spec);
    const later = {
      ...made.status,
      phase: "Live",
      later: { deeply: ["kept"] },
      launch: { startedAt: NOW.toISOString(), later: "kept" },
      stages: [{ stage: "build", state: "done", reason: "ImageReady", params: { number: 1 }, later: { a: 1 } }],
    };
    server.store.updateStatus(ref("kept"), later);
    const read = await projects.get("kept");
    if (!read) throw new Error("it is stored");
    await projects.writeStatus(read, { ...read.status, url: "https://rrr.example.com" });
    expect(server.store.get(ref("kept"))?.status).toEqual({ ...later, url: "https://rrr.example.com", version: 1 });
  });
});

describe("a name", () => {
  test("is free again for a new launch while what was launched under it waits only for its end to be told", async () => {
    const made = await client.projects.create("again", project().spec);
    await expect(client.projects.create("again", project().spec)).rejects.toMatchObject({ code: "project-exists" });
    await client.projects.writeStatus(made, { ...made.status, phase: "Removed" });
    const next = await client.projects.create("again", project().spec);
    expect(next.metadata.uid).not.toBe(made.metadata.uid);
    expect(next.status.phase).toBe("Requested");
  });
});

describe("the deletion of a Project", () => {
  const kubectlDelete = (name: string) => server.store.delete(ref(name));

  test("waits for us, whoever deletes it, and is over once we let it go", async () => {
    const made = await client.projects.create("leaving", project().spec);
    kubectlDelete("leaving");
    expect((await client.projects.get("leaving"))?.metadata.deletionTimestamp).toBeDefined();
    await client.projects.delete(made);
    expect(await client.projects.get("leaving")).toBeUndefined();
  });

  test("waits for us from then on where it came by kubectl, and takes nobody else's hold from it", async () => {
    server.store.create({
      apiVersion: "slipway.dev/v1alpha1",
      kind: "Project",
      metadata: { name: "theirs", namespace: "slipway-system", finalizers: ["example.com/theirs"] },
      spec: project().spec,
    });
    const found = await client.projects.get("theirs");
    if (!found) throw new Error("it was there");
    const held = await client.projects.hold(found);
    expect(held.metadata.finalizers).toEqual(["example.com/theirs", "slipway.dev/farewell"]);
    await client.projects.delete(held);
    const after = await client.projects.get("theirs");
    expect(after?.metadata.finalizers).toEqual(["example.com/theirs"]);
    expect(after?.metadata.deletionTimestamp).toBeDefined();
    await client.projects.delete(project({ name: "gone-already" }));
  });
});
