import { expect, test } from "vitest";
import { startWorkspace } from "./start-workspace.ts";

test("a slash command reaches Bolt, whose answer only the person sees", async () => {
  const { workspace, startBolt, seen, channels, you } = await startWorkspace();
  await startBolt((app) => {
    app.command("/project", async ({ ack, command }) => {
      await ack(`${command.user_name} asked for ${command.text} in ${command.channel_name}`);
    });
  });

  await workspace.say({ person: you, channel: "#launches", text: "/project create rrr" });

  const answer = await seen((event) => (event.type === "message" ? event.message : undefined));
  expect(answer).toMatchObject({
    text: "ada asked for create rrr in launches",
    ephemeral: true,
    channel: channels.launches,
  });
  expect(workspace.messages("launches")).toEqual([]);
});
