import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createCluster } from "../../src/cluster/create-cluster.ts";
import { createProjects } from "../../src/cluster/projects.ts";
import { createRequest } from "../../src/cluster/request.ts";
import { reconcile } from "../../src/controller/reconcile.ts";
import { evidence } from "../../src/evidence/index.ts";
import { createGitHub } from "../../src/github/create-github.ts";
import { createFence } from "../../src/start/create-fence.ts";
import { project } from "../builders/project.ts";
import { createWorld } from "../builders/world/create-world.ts";
import { startServer } from "../cluster-client/start-server.ts";
import { files } from "../github/launch-files.ts";
import { clock, quiet } from "../github/quiet.ts";
import { serve } from "../github/serve.ts";
import { serveGitData } from "../github/serve-git-data.ts";
import { startSandbox } from "../github/start-sandbox.ts";

const lost = { code: "leader-lost", destiny: { kind: "retry" } };
const at = { owner: "acme", name: "rrr" };
const commit = { branch: "main", message: "Start rrr", files: files.slice(0, 1) };

function aTerm() {
  const state = { over: false };
  return { holds: () => !state.over, end: () => Object.assign(state, { over: true }) };
}

describe("a term", () => {
  it("is that of whoever began, through sleeps, promises of others and passes that run beside it", async () => {
    const fence = createFence();
    const [old, young] = [aTerm(), aTerm()];
    const shared = sleep(5);
    const late = (term: typeof old) =>
      fence.run(term, async () => {
        await shared;
        await Promise.all([sleep(1), sleep(2)]);
        fence.here()();
        return "written";
      });
    const both = [late(old), late(young)];
    old.end();
    await expect(both[0]).rejects.toMatchObject(lost);
    expect(await both[1]).toBe("written");
  });

  it("does not bind what is called outside of it: commands, the lease, pokes", () => {
    const fence = createFence();
    const term = aTerm();
    fence.run(term, () => {});
    term.end();
    expect(() => fence.here()()).not.toThrow();
  });

  it("that ended binds a call that was begun before, and a new one does not free it", async () => {
    const fence = createFence();
    const term = aTerm();
    const mayWrite = fence.run(term, () => fence.here());
    mayWrite();
    term.end();
    expect(() => fence.run(aTerm(), mayWrite)).toThrow("another replica leads now");
  });
});

describe("GitHub", () => {
  const clientOf = (apiUrl: string, fence: ReturnType<typeof createFence>, given: object = {}) =>
    createGitHub({ apiUrl, auth: { token: "ghp_x" }, clock, log: quiet, retryBaseMs: 1, fence, ...given });
  const writes = (asked: string[]) => asked.filter((each) => !each.startsWith("GET"));

  it.each<[string, number]>([
    ["GET /repos/acme/rrr/git/ref", 1],
    ["POST /repos/acme/rrr/git/trees", 1],
    ["POST /repos/acme/rrr/git/commits", 2],
  ])("is sent nothing more when the term ends while it holds its answer to %s", async (moment, sent) => {
    const fence = createFence();
    const term = aTerm();
    await using gitHub = await serveGitData(async (request) => {
      if (!request.startsWith(moment)) return;
      term.end();
      await sleep(20);
    });
    const github = clientOf(gitHub.url, fence);
    await expect(fence.run(term, () => github.pushFirstCommit(at, commit))).rejects.toMatchObject(lost);
    expect(writes(gitHub.asked)).toHaveLength(sent);
    expect(gitHub.branch.head).toBe("c0");
  });

  it("is not asked again for what failed, once the term is over", async () => {
    const fence = createFence();
    const term = aTerm();
    await using server = await serve((_, response) => {
      term.end();
      response.writeHead(502).end();
    });
    await expect(fence.run(term, () => clientOf(server.url, fence).cancelRun(at, 1))).rejects.toMatchObject(lost);
    expect(server.asked).toHaveLength(1);
  });

  it("is not sent what waited out a limit, once the term is over", async () => {
    const fence = createFence();
    const term = aTerm();
    await using server = await serve((_, response) => {
      term.end();
      response.writeHead(429, { "retry-after": "1", "content-type": "application/json" });
      response.end(JSON.stringify({ message: "You have exceeded a secondary rate limit" }));
    });
    await expect(fence.run(term, () => clientOf(server.url, fence).cancelRun(at, 1))).rejects.toMatchObject(lost);
    expect(server.asked).toHaveLength(1);
  });

  it("is sent what waits in a queue only in the name of whoever waits", async () => {
    const fence = createFence();
    const [old, young] = [aTerm(), aTerm()];
    const hold = Promise.withResolvers<void>();
    await using server = await serve((_, response) => {
      void hold.promise.then(() => response.writeHead(202, { "content-type": "application/json" }).end("{}"));
    });
    // More than the client's queue lets through at a time, so that each is begun by the end of another's.
    const github = clientOf(server.url, fence, { writes: { burst: 100, everyMs: 1 } });
    const cancel = (term: typeof old) => (run: number) => fence.run(term, () => github.cancelRun(at, run));
    const mixed = Array.from({ length: 40 }, (_, run) => cancel(run % 2 === 0 ? old : young)(run));
    const settled = Promise.allSettled(mixed);
    await vi.waitFor(() => expect(server.asked.length).toBeGreaterThanOrEqual(10), { timeout: 60_000 });
    const begun = server.asked.length;
    old.end();
    hold.resolve();
    const results = await settled;
    for (const [run, { status }] of results.entries()) if (run % 2 === 1) expect(status, `${run}`).toBe("fulfilled");
    const refused = results.filter(({ status }) => status === "rejected");
    expect(refused.length).toBeGreaterThanOrEqual(20 - begun);
    for (const result of refused) expect(result).toMatchObject({ reason: lost });
    expect(server.asked).toHaveLength(40 - refused.length);
  });

  it("is still read, and asked for tokens", async () => {
    await using sandbox = await startSandbox();
    const fence = createFence();
    const term = aTerm();
    term.end();
    const github = sandbox.client({
      auth: { appId: sandbox.part.app.id, privateKey: sandbox.part.app.privateKey },
      fence,
    });
    await fence.run(term, async () => {
      expect(await github.owner("acme")).toMatchObject({ kind: "organization" });
      await expect(github.createRepository({ ...at, visibility: "private", description: "" })).rejects.toMatchObject(
        lost,
      );
    });
  });

  it("is not written to through a redirect, which leads to another name", async () => {
    await using server = await serve((_, response) => {
      response.writeHead(307, { location: "/repositories/7", "content-type": "application/json" });
      response.end(JSON.stringify({ message: "Moved Permanently" }));
    });
    const github = clientOf(server.url, createFence());
    await expect(github.deleteRepository(at)).rejects.toMatchObject({ code: "github-refused" });
    expect(server.asked).toEqual(["DELETE /repos/acme/rrr"]);
  });
});

describe("the API server", () => {
  const connectionOf = (server: string) => ({ server, options: async () => ({}) });
  const answer = JSON.stringify({ kind: "ConfigMap", metadata: {} });

  it("is sent nothing more when the term ends while it holds its answer, and is still read", async () => {
    const fence = createFence();
    const term = aTerm();
    await using server = await serve((request, response) => {
      if (request.method === "PATCH") term.end();
      setTimeout(() => response.end(answer), request.method === "PATCH" ? 20 : 0);
    });
    const request = createRequest(connectionOf(server.url), fence);
    await fence.run(term, async () => {
      await request("PATCH", "/one", { body: {} });
      for (const method of ["PATCH", "PUT", "POST", "DELETE"] as const)
        await expect(request(method, "/two", { body: {} })).rejects.toMatchObject(lost);
      await request("GET", "/three");
      await request("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", { body: {} });
    });
    expect(server.asked.map((each) => each.split("?")[0])).toEqual([
      "PATCH /one",
      "GET /three",
      "POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
    ]);
    await request("PATCH", "/four", { body: {} });
    expect(server.asked).toHaveLength(4);
  });

  it("is sent nothing when the term ends while credentials are read", async () => {
    const fence = createFence();
    const term = aTerm();
    await using server = await serve((_, response) => response.end(answer));
    const options = async () => {
      term.end();
      return {};
    };
    const request = createRequest({ server: server.url, options }, fence);
    await expect(fence.run(term, () => request("PATCH", "/one", { body: {} }))).rejects.toMatchObject(lost);
    expect(server.asked).toEqual([]);
  });
});

describe("a pass of the controller", () => {
  async function scene() {
    const world = createWorld();
    const [server, sandbox] = await Promise.all([startServer(), startSandbox()]);
    onTestFinished(async () => {
      await Promise.all([server.close(), sandbox[Symbol.asyncDispose]()]);
    });
    for (const kind of ["IngressClass", "ClusterRole"]) {
      const standing = [...world.cluster.objects.values()].find((each) => each.kind === kind);
      if (standing) server.store.create({ ...standing, metadata: { name: standing.metadata.name }, rules: [] });
    }
    const fence = createFence();
    const connection = server.connection();
    const cluster = createCluster({
      evidence,
      connection,
      namespace: "slipway-system",
      onHint() {},
      clock,
      log: quiet,
      fence,
    });
    onTestFinished(() => cluster.stop());
    const projects = createProjects(createRequest(connection, fence), "slipway-system");
    await projects.create("rrr", project().spec);
    const shown: unknown[] = [];
    const controller = {
      ...world.controller,
      ports: { ...world.controller.ports, github: sandbox.client({ fence }), cluster, projects, clock },
      messenger: { show: (each: unknown) => shown.push(each), told: () => false, refuse: async () => {} },
    };
    server.calls.length = 0;
    const written = () =>
      [...server.calls, ...sandbox.calls].filter(({ method }) => !["GET", "HEAD"].includes(method ?? "")).length;
    return { fence, controller, shown, written };
  }

  it.each([0, 1, 2, 5])("whose lease is lost after %i writes does not do another, here or there", async (writes) => {
    const { fence, controller, shown, written } = await scene();
    let asked = 0;
    const term = { holds: () => ++asked <= writes };
    await expect(fence.run(term, () => reconcile("rrr", controller))).rejects.toMatchObject(lost);
    expect(written()).toBe(writes);
    // The first write says that it launches, which is told at once.
    expect(shown).toHaveLength(Math.min(writes, 1));
    await fence.run(aTerm(), () => reconcile("rrr", controller));
    expect(shown).toHaveLength(2);
  });
});
