import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cloneUrlOf } from "../../src/sandbox/clone-url-of.ts";
import { until } from "../cluster/until.ts";
import { startWorld } from "./world.ts";

const run = promisify(execFile);

describe("a launch, a push, a warning and the end of it, in the sandbox", () => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  let work: string;
  let clone: string;

  beforeAll(async () => {
    world = await startWorld();
    work = await mkdtemp(join(tmpdir(), "slipway-e2e-"));
    clone = join(work, "rrr");
  });
  afterAll(async () => {
    await world?.sandbox.close();
    if (work) await rm(work, { recursive: true, force: true });
  });

  const git = (...args: string[]) =>
    run("git", ["-C", clone, "-c", "user.name=Lin", "-c", "user.email=lin@example.com", ...args]);
  const push = async (message: string) => {
    await git("commit", "--quiet", "--allow-empty", "-m", message);
    await git("push", "--quiet", "origin", "HEAD:main");
  };

  test("ends live at a URL where the application itself answers", { timeout: 300_000 }, async () => {
    await world.say("/project create rrr template=node-service");
    await until(120, "live", () => world.thread()[0]?.[0]?.includes("· live ·"));
    await until(120, "the last milestone", () => world.text().includes("rrr is live at"));
    const url = /http:\/\/rrr\.localhost:\d+/.exec(world.text())?.[0] ?? "";
    expect(await page(url)).toContain("rrr");
  });

  test("leaves a repository with one commit after GitHub's own, that git clones", async () => {
    await run("git", ["clone", "--quiet", cloneUrlOf(world.sandbox.github, "acme/rrr"), clone]);
    const { stdout } = await git("log", "--format=%s");
    expect(stdout.trim().split("\n")).toEqual(["Start rrr from node-service", "Initial commit"]);
  });

  test("leaves a Project that says Live, and objects that all bear its label", () => {
    const store = world.sandbox.cluster.simulated?.store;
    const [project] = store?.list("slipway.dev/v1alpha1", "Project") ?? [];
    expect(project?.status).toMatchObject({ phase: "Live" });
    for (const [apiVersion, kind] of [
      ["v1", "Secret"],
      ["v1", "ServiceAccount"],
      ["source.toolkit.fluxcd.io/v1", "GitRepository"],
      ["kustomize.toolkit.fluxcd.io/v1", "Kustomization"],
    ] as const) {
      const labelled =
        store?.list(apiVersion, kind, { namespace: "rrr", labels: { "slipway.dev/project": "rrr" } }) ?? [];
      expect(labelled.length, kind).toBeGreaterThan(0);
    }
  });

  test("a push gets a thread of its own, and what its author wrote pings nobody", { timeout: 300_000 }, async () => {
    await push("Say <!channel> hello & more");
    await until(120, "the deploy", () => world.roots().length === 2 && world.thread()[0]?.[0]?.includes("· live ·"));
    const [, deploy] = world.roots();
    expect(JSON.stringify(deploy?.blocks)).not.toContain("<!channel>");
    expect(world.thread().flat().join("\n")).toContain("Say <!channel> hello & more");
    expect(world.thread().flat().join("\n")).toContain("Lin");
  });

  test("a source that times out is warned of once, and its end is told", { timeout: 300_000 }, async () => {
    await world.sandbox.director.start("flux-timeout");
    const launch = () => world.text();
    await until(120, "the warning", () => /20\.205\.243\.166:443: i\/o timeout/.test(launch()));
    await world.sandbox.director.stop("flux-timeout");
    await until(120, "the recovery", () => /Resolved after/.test(launch()));
    // In the title of the card it stands for as long as it lasts.
    await until(20, "one message", () => launch().match(/Flux cannot reach GitHub/g)?.length === 1);
  });

  test("a port that a firewall blocks is told with the cloud's own rule, and its end too", {
    timeout: 90_000,
  }, async () => {
    await world.sandbox.director.start("blocked-port");
    await until(120, "the warning", () => world.text().includes("Port 80 is blocked from outside"));
    // The card has it first, what to do is in the thread.
    await until(20, "the fix", () => /Tencent Cloud: .*TCP:80/.test(world.text()));
    await world.sandbox.director.stop("blocked-port");
    await until(120, "the recovery", () => /Resolved after .*Port 80 is blocked/.test(world.text()));
  });
});

/** Names below .localhost are this machine's, whatever its resolver says. */
function page(url: string): Promise<string> {
  const { hostname, port, pathname } = new URL(url);
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path: pathname, headers: { host: hostname } }, async (answer) => {
      let text = "";
      for await (const chunk of answer) text += String(chunk);
      resolve(text);
    });
    asked.on("error", reject);
    asked.end();
  });
}
