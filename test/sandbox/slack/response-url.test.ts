import { expect, test } from "vitest";
import { startWorkspace } from "./start-workspace.ts";

/** The response_url of a command, and how a POST to it is answered. */
async function withResponseUrl() {
  const started = await startWorkspace({ rateLimits: false });
  const given = Promise.withResolvers<string>();
  await started.startBolt((app) => {
    app.command("/project", async ({ ack, body }) => {
      await ack();
      given.resolve(body.response_url);
    });
  });
  await started.workspace.say({ person: started.you, channel: "launches", text: "/project list" });
  const url = await given.promise;
  return {
    ...started,
    async respond(body: object) {
      const response = await fetch(url, {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "content-type": "application/json" },
      });
      return [response.status, await response.json()];
    },
  };
}

test("a response is the person's own unless it says in_channel", async () => {
  const { respond, workspace, events } = await withResponseUrl();
  expect(await respond({ text: "for you" })).toEqual([200, { ok: true }]);
  expect(await respond({ text: "for all", response_type: "in_channel" })).toEqual([200, { ok: true }]);
  expect(workspace.messages("launches").map(({ text }) => text)).toEqual(["for all"]);
  expect(events.flatMap((event) => (event.type === "message" ? [event.message.text] : []))).toEqual([
    "for you",
    "for all",
  ]);
});

test("a response_url is used five times", async () => {
  const { respond } = await withResponseUrl();
  for (let count = 0; count < 5; count += 1) await respond({ text: "again" });
  expect(await respond({ text: "again" })).toEqual([404, { ok: false, error: "used_url" }]);
});

test("a response_url lives for thirty minutes", async () => {
  const { respond, elapse } = await withResponseUrl();
  elapse(30 * 60_000 + 1000);
  expect(await respond({ text: "late" })).toEqual([404, { ok: false, error: "expired_url" }]);
});

test("a clicked ephemeral message is deleted through its response_url", async () => {
  const { client, workspace, channels, you, seen, startBolt } = await startWorkspace();
  await startBolt((app) => {
    app.action("dismiss", async ({ ack, respond }) => {
      await ack();
      await respond({ delete_original: true });
    });
  });
  const dismiss = {
    type: "button" as const,
    action_id: "dismiss",
    text: { type: "plain_text" as const, text: "Dismiss" },
  };
  const { message_ts } = await client.chat.postEphemeral({
    channel: channels.launches,
    user: you,
    text: "psst",
    blocks: [{ type: "actions", block_id: "b", elements: [dismiss] }],
  });
  await workspace.click({ person: you, channel: "launches", message_ts, block_id: "b", action_id: "dismiss" });
  expect(await seen((event) => (event.type === "message_deleted" ? event.ts : undefined))).toBe(message_ts);
});
