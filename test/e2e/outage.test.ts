import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startBot } from "../../src/sandbox/start-bot.ts";
import { startGate } from "../builders/start-gate.ts";
import { until } from "../cluster/until.ts";
import { startWorld } from "./world.ts";

const SECONDS = 15;
const CLUSTER_AWAY = /The cluster’s API server has not answered since \d\d:\d\d UTC/;
const GITHUB_AWAY = /Image build .*GitHub did not answer within 5 s · for \d+ s/;

type Gate = Awaited<ReturnType<typeof startGate>>;

describe("what does not answer while a launch is under way is on its card within 15 s, with since when", () => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  let bot: Awaited<ReturnType<typeof startBot>>;
  let github: Gate;
  let cluster: Gate;

  beforeAll(async () => {
    // Slow enough that the build is still under way after both.
    world = await startWorld("--only", "slack,github,cluster", "--speed", "3");
    const { GITHUB_API_URL = "", KUBECONFIG = "", ...environment } = world.sandbox.environment;
    const behindGate = async (text: string) => {
      const [found = "", port] = /127\.0\.0\.1:(\d+)/.exec(text) ?? [];
      const gate = await startGate({ host: "127.0.0.1", port: Number(port) });
      return { gate, text: text.replace(found, `127.0.0.1:${gate.port}`) };
    };
    const api = await behindGate(GITHUB_API_URL);
    const kubeconfig = await behindGate(await readFile(KUBECONFIG, "utf8"));
    github = api.gate;
    cluster = kubeconfig.gate;
    const file = join(world.sandbox.dataDir, "behind-the-gate.kubeconfig");
    await writeFile(file, kubeconfig.text);
    bot = await startBot({ ...environment, GITHUB_API_URL: api.text, KUBECONFIG: file }, world.sandbox.dataDir);
    await world.say("/project create rrr template=node-service");
    await until(60, "the build", () => card().includes("run #1"));
  }, 120_000);
  afterAll(async () => {
    await bot?.close();
    await github?.close();
    await cluster?.close();
    await world?.sandbox.close();
  });

  const card = () => world.thread()[0]?.join("\n") ?? "";

  test("GitHub", { timeout: 60_000 }, async () => {
    github.cut();
    await until(SECONDS, "it to be told", () => GITHUB_AWAY.test(card()));
    github.open();
    await until(30, "its end", () => card().includes("run #1") && !GITHUB_AWAY.test(card()));
  });

  test("the API server, also once the lease is lost meanwhile", { timeout: 120_000 }, async () => {
    cluster.cut();
    await until(SECONDS, "it to be told", () => CLUSTER_AWAY.test(card()));
    await until(30, "the end of the term", async () =>
      (await readFile(join(world.sandbox.dataDir, "bot.log"), "utf8")).includes("no longer leading"),
    );
    expect(card()).toMatch(CLUSTER_AWAY);
    cluster.open();
    await until(60, "its end", () => card() !== "" && !CLUSTER_AWAY.test(card()));
    expect(world.roots()).toHaveLength(1);
  });

  test("and the launch goes on to its end", { timeout: 200_000 }, async () => {
    await until(190, "live", () => card().includes("· live ·"));
    expect(card()).not.toMatch(GITHUB_AWAY);
    expect(world.roots()).toHaveLength(1);
  });
});
