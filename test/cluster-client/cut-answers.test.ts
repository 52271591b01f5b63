import { describe, expect, onTestFinished, test } from "vitest";
import type { Connection } from "../../src/cluster/connection.ts";
import { createCluster } from "../../src/cluster/create-cluster.ts";
import { createLease } from "../../src/cluster/create-lease.ts";
import { createProjects } from "../../src/cluster/projects.ts";
import { startReflector } from "../../src/cluster/reflector.ts";
import { createRequest } from "../../src/cluster/request.ts";
import { evidence } from "../../src/evidence/index.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import { answerWith, FAULTS, type Fault } from "../builders/faults.ts";
import { project } from "../builders/project.ts";
import { wish } from "../builders/wish.ts";
import { quiet } from "../github/quiet.ts";
import { serve } from "../github/serve.ts";

const unreachable = { code: "cluster-unreachable", destiny: { kind: "retry" } };
const ref = { apiVersion: "v1", kind: "Namespace", name: "rrr" };
const object: KubeObject = { apiVersion: "v1", kind: "Namespace", metadata: { name: "rrr", resourceVersion: "7" } };
const list = (items: unknown[]) => ({ kind: "List", apiVersion: "v1", metadata: { resourceVersion: "7" }, items });
const many = Array.from({ length: 20 }, (_, each) => ({ metadata: { name: `node-${each}` } }));

/** An API server that says to all that is asked of it what the test says, or that it is not there. */
async function serverSaying(answer: unknown) {
  const state: { fault?: Fault | undefined; status?: number; answer: unknown } = { answer };
  const server = await serve((request, response) => {
    request.resume();
    if (new URL(request.url ?? "", "http://server").searchParams.get("watch") === "true") response.writeHead(500).end();
    else answerWith(state.fault, response, JSON.stringify(state.answer), state.status);
  });
  const connection: Connection = { server: server.url, options: async () => ({}) };
  const request = createRequest(connection);
  const cluster = createCluster({
    evidence,
    connection,
    namespace: "slipway-system",
    onHint() {},
    clock: { now: () => new Date() },
    log: quiet,
  });
  onTestFinished(async () => {
    cluster.stop();
    await server.close();
  });
  return { state, cluster, request, connection };
}

type Scene = Awaited<ReturnType<typeof serverSaying>>;

const CALLS: [string, unknown, (scene: Scene) => Promise<unknown>][] = [
  ["get", object, ({ cluster }) => cluster.get(ref)],
  ["apply", object, ({ cluster }) => cluster.apply(object)],
  ["list", list(many), ({ cluster }) => cluster.list("v1", "Event", { namespace: "rrr" })],
  ["managers", list([]), ({ cluster }) => cluster.managers(ref)],
  ["serves", { resources: [{ name: "deployments" }] }, ({ cluster }) => cluster.serves("apps/v1", "Deployment")],
  ["can", { status: { allowed: true } }, ({ cluster }) => cluster.can("get", { group: "", resource: "pods" })],
  ["the Projects", list([]), ({ request }) => createProjects(request, "slipway-system").list()],
  ["a Project", project(), ({ request }) => createProjects(request, "slipway-system").get("rrr")],
  // It is read first: whose hold is on it.
  ["a Project's end", project(), ({ request }) => createProjects(request, "slipway-system").delete(project())],
  [
    "the Lease",
    { metadata: { resourceVersion: "1" } },
    ({ request }) => createLease(request, { namespace: "slipway-system", name: "slipway" }).read(),
  ],
];

describe.each(CALLS)("%s", (_, answer, call) => {
  test("is an error of that call where the answer is not whole, and works the next time", async () => {
    const scene = await serverSaying(answer);
    for (const fault of FAULTS) {
      scene.state.fault = fault;
      await expect(call(scene), fault).rejects.toMatchObject(unreachable);
      // Nor is it said not to be there by what only has the status of such an answer.
      scene.state.status = 404;
      await expect(call(scene), `404, ${fault}`).rejects.toMatchObject(unreachable);
      scene.state.status = 200;
    }
    scene.state.fault = undefined;
    await call(scene);
  });

  test("is an error of that call where the answer is of another kind", async () => {
    for (const other of [
      {},
      [],
      { metadata: {} },
      { kind: "Status", status: "Success", metadata: {} },
      { items: {} },
    ]) {
      const scene = await serverSaying(other);
      await expect(call(scene), JSON.stringify(other)).rejects.toThrow();
    }
  });
});

describe("a list", () => {
  test("is no list where its end is missing, wherever that is, though the connection says nothing of it", async () => {
    const whole = JSON.stringify(list(many));
    let sent = 0;
    // Without a length the end of the connection is that of the answer.
    const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n";
    const server = await serve((_, response) => response.socket?.end(head + whole.slice(0, sent)));
    onTestFinished(() => server.close());
    const request = createRequest({ server: server.url, options: async () => ({}) });
    for (sent = 1; sent < whole.length; sent += 7)
      await expect(request("GET", "/", { onItem() {} }), String(sent)).rejects.toMatchObject(unreachable);
    sent = whole.length;
    const items: unknown[] = [];
    await request("GET", "/", { onItem: (item) => items.push(item) });
    expect(items).toEqual(many);
  });

  test.each(["[1]", '["a"]', "{}", '""', "7"])("whose items are %s is none", async (items) => {
    const server = await serve((_, response) => response.end(`{"metadata":{},"items":${items}}`));
    onTestFinished(() => server.close());
    const request = createRequest({ server: server.url, options: async () => ({}) });
    await expect(request("GET", "/", { onItem() {} })).rejects.toMatchObject(unreachable);
  });

  test("that a server writes as null is an empty one", async () => {
    const server = await serve((_, response) => response.end('{"metadata":{},"items":null}'));
    onTestFinished(() => server.close());
    const request = createRequest({ server: server.url, options: async () => ({}) });
    expect(await request("GET", "/", { onItem() {} })).toEqual({ metadata: {}, items: null });
  });
});

describe("what was to be changed", () => {
  const writes: [string, unknown, (scene: Scene) => Promise<unknown>][] = [
    ["apply", object, ({ cluster }) => cluster.apply(object)],
    ["delete", { kind: "Status", status: "Success" }, ({ cluster }) => cluster.delete(ref)],
    ["poke", object, ({ cluster }) => cluster.poke(ref)],
    ["a launch", project(), ({ request }) => createProjects(request, "slipway-system").create("rrr", project().spec)],
    ["a wish", project(), ({ request }) => createProjects(request, "slipway-system").wish("rrr", wish("retry"))],
  ];

  test.each(writes)("may have been (%s) where the answer is lost, and is told as that", async (_, answer, call) => {
    const scene = await serverSaying(answer);
    for (const fault of FAULTS) {
      scene.state.fault = fault;
      await expect(call(scene), fault).rejects.toMatchObject({ ...unreachable, params: { answer: "unclear" } });
    }
    scene.state.fault = undefined;
    await call(scene);
  });

  test("was not where nobody was there to be asked", async () => {
    const server = await serve(() => {});
    await server.close();
    const request = createRequest({ server: server.url, options: async () => ({}) });
    const error = await request("POST", "/", { body: {} }).catch((reason: unknown) => reason);
    expect(error).toMatchObject(unreachable);
    expect(error).not.toHaveProperty("params.answer");
  });

  test("back to what it was before is not taken for standing because it stood before", async () => {
    const scene = await serverSaying(object);
    const other = { ...object, metadata: { ...object.metadata, labels: { other: "yes" } } };
    await scene.cluster.apply(object);
    scene.state.fault = "cut";
    await expect(scene.cluster.apply(other)).rejects.toMatchObject(unreachable);
    // Asked, it would say that it is cut again.
    await expect(scene.cluster.apply(object)).rejects.toMatchObject(unreachable);
  });

  test("is told of without what came", async () => {
    const server = await serve((_, response) => response.end('{"data":{"password":"c2VjcmV0'));
    onTestFinished(() => server.close());
    const request = createRequest({ server: server.url, options: async () => ({}) });
    await expect(request("PATCH", "/", { body: {} })).rejects.toMatchObject({
      ...unreachable,
      evidence: "the answer is no whole JSON object",
    });
  });
});

describe("a refusal", () => {
  test.each(['{"kind":"Status","message":"not fo', "[]", '"gone"', "<html>", "null", " "])(
    "in %j says nothing of what was asked for",
    async (body) => {
      const server = await serve((_, response) => response.writeHead(404, { "content-type": "text/plain" }).end(body));
      onTestFinished(() => server.close());
      const request = createRequest({ server: server.url, options: async () => ({}) });
      await expect(request("GET", "/")).rejects.toMatchObject(unreachable);
    },
  );
});

describe("what an API server has never heard of", () => {
  test("it says in plain words, and that is an answer", async () => {
    const server = await serve((_, response) => {
      response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("404 page not found\n");
    });
    onTestFinished(() => server.close());
    const request = createRequest({ server: server.url, options: async () => ({}) });
    await expect(request("GET", "/apis/nobody/v1")).rejects.toMatchObject({ code: "object-missing" });
  });
});

describe("a watch", () => {
  const pod = (name: string, version: string) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: "rrr", resourceVersion: version },
  });

  test.each<[string, string]>([
    ["is no JSON", "<html>"],
    ["is a number", "1"],
    ["is null", "null"],
    ["has an object that is none", JSON.stringify({ type: "ADDED", object: { metadata: { resourceVersion: "9" } } })],
    ["has no object", JSON.stringify({ type: "MODIFIED" })],
  ])("with a line that %s lists anew, so that nothing is missed", async (_, line) => {
    let lists = 0;
    const server = await serve((request, response) => {
      const watching = request.url?.includes("watch=true");
      response.writeHead(200, { "content-type": "application/json" });
      if (!watching) {
        lists += 1;
        response.end(JSON.stringify(list(lists === 1 ? [] : [pod("missed", "9")])));
      } else if (lists === 1)
        response.write(`${line}\n${JSON.stringify({ type: "ADDED", object: pod("late", "10") })}\n`);
      else response.write(`${JSON.stringify({ type: "BOOKMARK", object: pod("", "11") })}\n`);
    });
    const connection: Connection = { server: server.url, options: async () => ({}) };
    const changes: string[] = [];
    const reflector = startReflector({
      reading: { kind: "Pod" },
      connection,
      request: createRequest(connection),
      onChange: (type, { metadata }) => changes.push(`${type} ${metadata.name}`),
      log: quiet,
    });
    onTestFinished(async () => {
      reflector.stop();
      await server.close();
    });
    await expect.poll(() => reflector.problem() ?? "", { interval: 5, timeout: 60_000 }).toMatch(/no event|no Pod/);
    await expect.poll(() => changes, { timeout: 60_000 }).toEqual(["set missed"]);
    await expect.poll(() => reflector.problem(), { timeout: 60_000 }).toBeUndefined();
    expect(reflector.relists()).toBe(1);
  });

  test("that a web page answers is not in step", async () => {
    const server = await serve((request, response) => {
      if (request.url?.includes("watch=true")) answerWith("HTML", response, "");
      else answerWith(undefined, response, JSON.stringify(list([])));
    });
    const connection: Connection = { server: server.url, options: async () => ({}) };
    const { onChange, log } = { onChange() {}, log: quiet };
    const reflector = startReflector({
      reading: { kind: "Pod" },
      connection,
      request: createRequest(connection),
      onChange,
      log,
    });
    onTestFinished(async () => {
      reflector.stop();
      await server.close();
    });
    await reflector.synced;
    await expect.poll(() => reflector.problem(), { timeout: 60_000 }).toContain("web page");
  });
});
