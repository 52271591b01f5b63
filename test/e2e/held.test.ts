import { afterAll, beforeAll, describe, test } from "vitest";
import { startBot } from "../../src/sandbox/start-bot.ts";
import { said } from "../builders/said.ts";
import { startGate } from "../builders/start-gate.ts";
import { until } from "../cluster/until.ts";
import { fieldOf } from "../team/field-of.ts";
import { startWorld } from "./world.ts";

/** From when Flux says so. */
const SECONDS = 15;
const CODE = "flux-source-timeout";

/** Who takes connections and never answers, and by which variable the bot knows where they are. */
const HELD = [
  { who: "GitHub", variable: "GITHUB_API_URL" },
  { who: "the registry", variable: "REGISTRY_API_URL" },
  { who: "the vantage", variable: "VANTAGES" },
  // Nothing can be told there then; it is known, and told once Slack answers again.
  { who: "Slack", variable: "SLACK_API_URL" },
] as const;

type Gate = Awaited<ReturnType<typeof startGate>>;

describe("what Flux says of a living project is told within 15 s", () => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  let bot: Awaited<ReturnType<typeof startBot>>;
  const gates = new Map<string, Gate>();

  beforeAll(async () => {
    world = await startWorld("--only", "slack,github,cluster");
    const environment = { ...world.sandbox.environment };
    for (const { variable } of HELD) {
      const [, host = "", port = ""] = /\/\/([^:/]+):(\d+)/.exec(environment[variable] ?? "") ?? [];
      const gate = await startGate({ host, port: Number(port) });
      gates.set(variable, gate);
      environment[variable] = environment[variable]?.replace(`${host}:${port}`, `127.0.0.1:${gate.port}`) ?? "";
    }
    bot = await startBot(environment, world.sandbox.dataDir);
    await world.say("/project create rrr template=node-service");
    await until(150, "live", () => world.thread()[0]?.[0]?.includes("· live ·"));
  }, 240_000);
  afterAll(async () => {
    await bot?.close();
    for (const gate of gates.values()) await gate.close();
    await world?.sandbox.close();
  });

  const store = () => world.sandbox.cluster.simulated?.store;
  const finding = () => {
    const [project] = store()?.list("slipway.dev/v1alpha1", "Project") ?? [];
    const found = project && fieldOf(project, "status", "findings");
    return Array.isArray(found)
      ? found.findLast(({ code, recoveredAt }) => code === CODE && recoveredAt === undefined)
      : undefined;
  };
  const timesOut = () =>
    JSON.stringify(store()?.list("source.toolkit.fluxcd.io/v1", "GitRepository") ?? []).includes("i/o timeout");

  /** It stands in the thread as something that is wrong now. */
  const told = () =>
    world
      .text()
      .split("\n")
      .some((line) => /^[✖⚠] /.test(line) && line.includes(said({ code: CODE, params: {} }).title));

  test.for(HELD)("while $who takes connections and never answers", { timeout: 240_000 }, async ({ who, variable }) => {
    const gate = gates.get(variable);
    gate?.cut();
    await world.sandbox.director.start("flux-timeout");
    await until(60, "Flux to say so", timesOut);
    if (who === "Slack") await until(SECONDS, "it to be known", finding);
    else await until(SECONDS, "it to be told", told);

    gate?.open();
    await until(60, "it to be told", told);
    await world.sandbox.director.stop("flux-timeout");
    await until(60, "its end", () => finding() === undefined && !told() && !timesOut());
  });
});
