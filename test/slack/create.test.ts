import { expect, test } from "vitest";
import { startBot } from "./start-bot.ts";

test("`/project create rrr` answers the person with the preflight and tells the launch in one message that is edited", async () => {
  const bot = await startBot();
  await bot.type("/project create rrr");

  const answer = await bot.message((message) => message.ephemeral === true);
  expect(JSON.stringify(answer.blocks)).toContain("rrr, checked before anything is made");
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
