import { expect, test } from "vitest";
import { Problem } from "../../src/project/problem.ts";
import { startBot } from "./start-bot.ts";

test("`/project create rrr` answers the person with the preflight and tells the launch in one message that is edited", async () => {
  const bot = await startBot();
  await bot.type("/project create rrr");

  const answer = await bot.message((message) => message.ephemeral === true);
  expect(JSON.stringify(answer.blocks)).toContain("Checks for rrr:");
  const root = await bot.message((message) => message.text.startsWith("rrr · launching"));
  expect(root.metadata).toEqual({
    event_type: "slipway",
    event_payload: { project: "rrr", uid: "uid-rrr", key: "launch" },
  });

  bot.setStatus("rrr", {
    stages: [{ stage: "cluster", state: "waiting", reason: "ClusterPreparing", params: {} }],
  });
  const edited = await bot.message((message) =>
    JSON.stringify(message.blocks ?? []).includes("waits for the repository"),
  );
  expect(edited.ts).toBe(root.ts);
  expect(bot.workspace.messages("launches")).toHaveLength(1);
});

test("that the Project could not be looked at for a moment is no answer to a launch: it is waited for what the leader says", async () => {
  const bot = await startBot({ preflight: () => ({ ok: true, lines: [] }) });
  const { get } = bot.projects;
  let away = 3;
  bot.projects.get = async (name) => {
    if (away > 0 && bot.stored.has(name)) {
      away -= 1;
      throw new Problem("cluster-unreachable", { evidence: "connect ECONNREFUSED" });
    }
    return get(name);
  };
  await bot.type("/project create rrr");
  const answer = await bot.message((message) => message.ephemeral === true);
  expect(away).toBe(0);
  expect(JSON.stringify(answer.blocks)).toContain("Launching rrr.");
  expect(answer.text).not.toContain("cannot reach");
});
