import { once } from "node:events";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import type { ClientMessage, ClientState } from "../../../src/sandbox/slack/client-api.ts";
import { startWorkspace } from "./start-workspace.ts";

type Started = Awaited<ReturnType<typeof startWorkspace>>;

const requests = ({ slack }: Started) => ({
  // The same server of the same process answers, so the shape is the caller's word for it.
  get: async <Shape>(path: string) => (await (await fetch(`${slack.url}/client/${path}`)).json()) as Shape,
  post: (path: string, body: object) =>
    fetch(`${slack.url}/client/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
});

test("a page learns the workspace, says something and hears it", async () => {
  const started = await startWorkspace();
  const { get, post } = requests(started);
  const state = await get<ClientState>("state?person=lin");
  expect(state).toMatchObject({
    team: { name: "Acme" },
    me: { name: "lin" },
    apps: [{ name: "Slipway", botUserId: started.botUserId }],
    commands: [{ command: "/project" }],
  });
  const feed = new WebSocket(`${started.slack.url.replace("http", "ws")}/client/events?person=${state.me.id}`);
  await once(feed, "open");
  const heard = once(feed, "message");

  expect((await post("say", { person: "lin", channel: started.channels.ops, text: "hello" })).status).toBe(200);

  const [frame] = await heard;
  expect(JSON.parse(String(frame))).toMatchObject({ type: "message", message: { text: "hello", user: state.me.id } });
  const { messages } = await get<{ messages: ClientMessage[] }>(`channels/${started.channels.ops}/messages`);
  await post("say", { person: "lin", channel: "ops", text: "a reply", thread_ts: messages[0]?.ts });
  expect(await get<unknown>(`channels/ops/threads/${messages[0]?.ts}`)).toMatchObject({
    messages: [{ text: "hello", reply_count: 1 }, { text: "a reply" }],
  });
  expect(started.calls).toEqual([]);
});

test("a page clicks through a command, a modal and a button", async () => {
  const started = await startWorkspace();
  const { post } = requests(started);
  const { you: person, client, channels, seen } = started;
  await started.startBolt((app) => {
    app.command("/project", async ({ ack, body, client }) => {
      await ack();
      await client.views.open({
        trigger_id: body.trigger_id,
        view: {
          type: "modal",
          callback_id: "create",
          title: { type: "plain_text", text: "New" },
          submit: { type: "plain_text", text: "Create" },
          blocks: [
            {
              type: "input",
              block_id: "template",
              label: { type: "plain_text", text: "Template" },
              element: {
                type: "static_select",
                action_id: "chosen",
                options: ["nextjs", "static-site"].map((value) => ({
                  text: { type: "plain_text", text: value },
                  value,
                })),
              },
            },
          ],
        },
      });
    });
    app.view("create", async ({ ack, view, client }) => {
      await ack();
      const chosen = view.state.values.template?.chosen?.selected_option?.value;
      await client.chat.postMessage({ channel: channels.launches, text: `from ${chosen}` });
    });
    app.action("more", async ({ ack, action, respond }) => {
      await ack();
      if (action.type === "overflow") await respond({ text: action.selected_option.value, replace_original: false });
    });
  });

  await post("say", { person, channel: channels.launches, text: "/project create" });
  const view = await seen((event) => (event.type === "view_opened" ? event.view : undefined));
  const submitted = await post("submit", { person, view_id: view.id, values: { template: "static-site" } });
  expect(await submitted.json()).toEqual({});
  await seen((event) => (event.type === "message" && event.message.text === "from static-site" ? event : undefined));

  const option = { text: { type: "plain_text" as const, text: "Undo" }, value: "undo" };
  const { ts } = await client.chat.postMessage({
    channel: channels.launches,
    text: "rrr",
    blocks: [
      { type: "actions", block_id: "b", elements: [{ type: "overflow", action_id: "more", options: [option] }] },
    ],
  });
  const place = { channel: channels.launches, message_ts: ts, block_id: "b", action_id: "more" };
  expect((await post("click", { person, ...place, value: "undo" })).status).toBe(200);
  await seen((event) => (event.type === "message" && event.message.text === "undo" ? event : undefined));
});

test("a page that asks for what is not there is told so", async () => {
  const started = await startWorkspace();
  const { post } = requests(started);
  const wrong = await post("say", { person: "nobody", channel: "ops", text: "hello" });
  expect([wrong.status, await wrong.json()]).toEqual([400, { error: "nobody is called nobody" }]);
  expect((await post("dance", {})).status).toBe(404);
});

test("a direct message is heard by its person and by nobody else", async () => {
  const { workspace, client, events, channels } = await startWorkspace();
  const lin = workspace.state("lin").me.id;
  const heard: string[] = [];
  workspace.events("lin", (event) => heard.push(event.type));
  await client.chat.postMessage({ channel: lin, text: "for you" });
  expect(heard).toEqual(["message"]);
  expect(events).toEqual([]);
  expect(workspace.state().channels.map(({ id }) => id)).toEqual(Object.values(channels));
});
