import { afterEach, expect, test } from "vitest";
import { startBot } from "../../src/sandbox/start-bot.ts";
import { until } from "../cluster/until.ts";
import { startWorld } from "./world.ts";

let end: (() => Promise<void>) | undefined;
afterEach(() => end?.());

test("a bot that is killed again and again still launches once: one root message, one commit, one webhook", {
  timeout: 400_000,
}, async () => {
  const world = await startWorld("--only", "slack,github,cluster");
  const { sandbox } = world;
  let bot = await startBot(sandbox.environment, sandbox.dataDir);
  end = async () => {
    await bot.close();
    await sandbox.close();
  };
  const again = async () => {
    await bot.crash();
    bot = await startBot(sandbox.environment, sandbox.dataDir);
  };
  const callsOf = (part: string, path: RegExp) =>
    sandbox.calls.filter((call) => call.part === part && path.test(call.path)).length;

  await world.say("/project create rrr template=node-service");
  await until(120, "the repository", () => sandbox.github.overview().repositories.length === 1);
  await again();
  await until(120, "the first message", () => callsOf("slack", /^chat\.postMessage$/) > 0);
  await until(120, "the build", () => sandbox.github.overview().repositories[0]?.runs.length === 1);
  await again();
  await until(120, "live", () => world.thread()[0]?.[0]?.includes("· live ·"));

  expect(world.roots()).toHaveLength(1);
  const said = world.thread().map(([first]) => first);
  expect(said.filter((line, index) => said.indexOf(line) !== index)).toEqual([]);
  const [repository] = sandbox.github.overview().repositories;
  expect(repository?.hooks).toHaveLength(1);
  expect(repository?.runs).toHaveLength(1);
  const projects = sandbox.cluster.simulated?.store.list("slipway.dev/v1alpha1", "Project");
  expect(projects).toHaveLength(1);
});
