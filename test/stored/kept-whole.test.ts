import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Projects } from "../../src/project/ports/projects.ts";
import { readProject } from "../../src/project/read-project.ts";
import { type Server, startServer } from "../cluster-client/start-server.ts";
import { recording, recordings } from "./recordings.ts";
import { storedWorld } from "./stored-world.ts";

let server: Server;
let projects: Projects;

beforeAll(async () => {
  server = await startServer();
  const client = server.connect();
  // Its calls alone are of use here.
  client.cluster.stop();
  projects = client.projects;
});
afterAll(() => server.close());

describe.each(recordings())("the status of a Project that is %s", (state, { project }) => {
  const { spec, status } = project as { spec?: object; status?: Record<string, unknown> }; // as the version before wrote it
  const ref = { apiVersion: project.apiVersion, kind: project.kind, namespace: "slipway-system" };
  const store = (name: string, written: object) => {
    server.store.create({ ...ref, metadata: { name, namespace: ref.namespace }, spec });
    server.store.updateStatus({ ...ref, name }, written);
    return () => server.store.get({ ...ref, name })?.status;
  };

  test("is stored whole under this version's definition, read, and written back as it was", async () => {
    const stored = store(state, status ?? {});
    expect(stored()).toEqual(status);
    const read = await projects.get(state);
    if (!read) throw new Error("it is stored");
    await projects.writeStatus(read, read.status);
    expect(lost(status, stored())).toEqual([]);
  });

  test("keeps what a later version has written beside, at any depth", () => {
    const later = withLater(status);
    const read = readProject(state, { ...project, status: later });
    expect(lost(later, read.ok ? JSON.parse(JSON.stringify(read.project.status)) : {})).toEqual([]);
  });
});

test("what a later version has written of the project itself outlasts the passes of this one", async () => {
  const world = await storedWorld(recording("live"), ({ status }) => {
    status.later = { deeply: ["kept"] };
  });
  for (let pass = 0; pass < 3; pass += 1) await world.pass();
  expect(world.standing().status).toMatchObject({ later: { deeply: ["kept"] } });
});

/** Where what was there is missing or another; fields that are new are no loss. */
function lost(before: unknown, after: unknown, path = "status"): string[] {
  if (Array.isArray(before)) {
    if (!Array.isArray(after) || after.length !== before.length) return [path];
    return before.flatMap((each, index) => lost(each, after[index], `${path}[${index}]`));
  }
  if (!isRecord(before)) return before === after ? [] : [path];
  return Object.entries(before).flatMap(([name, each]) =>
    lost(each, isRecord(after) ? after[name] : undefined, `${path}.${name}`),
  );
}

/** With one more field in every object but in `messages`, whose fields are messages. */
function withLater(value: unknown, name = ""): unknown {
  if (Array.isArray(value)) return value.map((each) => withLater(each));
  if (!isRecord(value)) return value;
  const below = Object.entries(value).map(([key, each]) => [key, withLater(each, key)]);
  return { ...Object.fromEntries(below), ...(name === "messages" ? {} : { later: "kept" }) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
