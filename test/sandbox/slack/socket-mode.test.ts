import type { App } from "@slack/bolt";
import { expect, test, vi } from "vitest";
import type { ClientEvent } from "../../../src/sandbox/slack/client-api.ts";
import { startWorkspace } from "./start-workspace.ts";

const messageSeen = (event: ClientEvent) => (event.type === "message" ? event.message : undefined);
const noticeSeen = (event: ClientEvent) => (event.type === "notice" ? event.text : undefined);
const modalSeen = (event: ClientEvent) => (event.type === "view_opened" ? event.view : undefined);

const nameField = {
  type: "input" as const,
  block_id: "name",
  label: { type: "plain_text" as const, text: "Name" },
  element: { type: "plain_text_input" as const, action_id: "name", max_length: 20 },
};
const modal = {
  type: "modal" as const,
  callback_id: "create",
  private_metadata: "C1",
  notify_on_close: true,
  title: { type: "plain_text" as const, text: "New project" },
  submit: { type: "plain_text" as const, text: "Create" },
  blocks: [nameField],
};

const opensModal = (app: App) => {
  app.command("/project", async ({ ack, client, body }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: modal });
  });
};

test("a slash command reaches Bolt, whose answer only the person sees", async () => {
  const { workspace, startBolt, seen, channels, you } = await startWorkspace();
  await startBolt((app) => {
    app.command("/project", async ({ ack, command }) => {
      await ack(`${command.user_name} asked for ${command.text} in ${command.channel_name}`);
    });
  });

  await workspace.say({ person: you, channel: "#launches", text: "/project create  rrr" });

  expect(await seen(messageSeen)).toMatchObject({
    text: "ada asked for create  rrr in launches",
    ephemeral: true,
    channel: channels.launches,
  });
  expect(workspace.messages("launches")).toEqual([]);
});

test("an unknown command and a command in a thread are refused in Slack's words", async () => {
  const { workspace, events, you } = await startWorkspace();
  await workspace.say({ person: you, channel: "launches", text: "/launch rrr" });
  await workspace.say({ person: you, channel: "launches", text: "/project status", thread_ts: "1.000001" });
  expect(events.map(noticeSeen)).toEqual([
    expect.stringMatching(/^\/launch is not a valid command\./),
    "/project is not supported in threads. Sorry!",
  ]);
});

test("without a connection a command fails with dispatch_failed", async () => {
  const { workspace, seen, you } = await startWorkspace();
  await workspace.say({ person: you, channel: "launches", text: "/project list" });
  expect(await seen(noticeSeen)).toBe('/project failed with the error "dispatch_failed"');
});

test("a modal opened by a command is submitted, refused with errors, and accepted", async () => {
  const { workspace, startBolt, seen, you } = await startWorkspace();
  await startBolt((app) => {
    opensModal(app);
    app.view("create", async ({ ack, view, body, client }) => {
      const name = view.state.values.name?.name?.value;
      if (name === "taken") return ack({ response_action: "errors", errors: { name: "acme/taken exists" } });
      await ack();
      await client.chat.postMessage({ channel: "launches", text: `${body.user.name} creates ${name}` });
    });
  });

  await workspace.say({ person: you, channel: "launches", text: "/project create" });
  const view = await seen(modalSeen);
  const submit = (name: string) => workspace.submit({ person: you, view_id: view.id, values: { name } });

  expect(view).toMatchObject({ callback_id: "create", title: { text: "New project" } });
  expect(await submit("")).toEqual({ errors: { name: "Please complete this required field." } });
  expect(await submit("taken")).toEqual({ errors: { name: "acme/taken exists" } });
  expect(await submit("rrr")).toEqual({});
  expect(await seen((event) => (event.type === "view_closed" ? event.viewId : undefined))).toBe(view.id);
  expect(await seen(messageSeen)).toMatchObject({ text: "ada creates rrr" });
});

test("a submitted modal becomes another, a pushed one, and all of them close", async () => {
  const { workspace, startBolt, seen, events, you } = await startWorkspace();
  await startBolt((app) => {
    opensModal(app);
    app.view("create", ({ ack }) => ack({ response_action: "update", view: { ...modal, callback_id: "second" } }));
    app.view("second", ({ ack }) => ack({ response_action: "push", view: { ...modal, callback_id: "third" } }));
    app.view("third", ({ ack }) => ack({ response_action: "clear" }));
  });
  await workspace.say({ person: you, channel: "launches", text: "/project create" });
  const { id } = await seen(modalSeen);

  await workspace.submit({ person: you, view_id: id, values: { name: { name: "rrr" } } });
  await workspace.submit({ person: you, view_id: id, values: { name: "rrr" } });
  const pushed = await seen((event) => (event.type === "view_pushed" ? event.view : undefined));
  expect(pushed).toMatchObject({ callback_id: "third", root_view_id: id, previous_view_id: id });
  await workspace.submit({ person: you, view_id: pushed.id, values: { name: "rrr" } });

  const closed = events.flatMap((event) => (event.type === "view_closed" ? [event.viewId] : []));
  expect(closed).toEqual([pushed.id, id]);
});

test("a closed modal is told where it asked for that", async () => {
  const { workspace, startBolt, seen, you } = await startWorkspace();
  const closed = Promise.withResolvers<string>();
  await startBolt((app) => {
    opensModal(app);
    app.view({ callback_id: "create", type: "view_closed" }, async ({ ack, view }) => {
      await ack();
      closed.resolve(view.private_metadata);
    });
  });
  await workspace.say({ person: you, channel: "launches", text: "/project create" });
  await workspace.close({ person: you, view_id: (await seen(modalSeen)).id });
  expect(await closed.promise).toBe("C1");
});

test("a button is clicked, the message is replaced through its response_url, and a trigger opens a modal", async () => {
  const { workspace, client, startBolt, seen, channels, you } = await startWorkspace();
  await startBolt((app) => {
    app.action("retry", async ({ ack, respond, body, action, client }) => {
      await ack();
      if (body.type !== "block_actions" || action.type !== "button") return;
      await client.views.open({ trigger_id: body.trigger_id, view: modal });
      await respond({ replace_original: true, text: `${body.user.username} retries ${action.value}` });
    });
  });
  const retry = {
    type: "button" as const,
    action_id: "retry",
    value: "rrr",
    text: { type: "plain_text" as const, text: "Retry" },
  };
  const { ts } = await client.chat.postMessage({
    channel: channels.launches,
    text: "rrr failed",
    blocks: [{ type: "actions", block_id: "what-now", elements: [retry] }],
  });

  await workspace.click({ person: you, channel: "launches", message_ts: ts, block_id: "what-now", action_id: "retry" });

  const changed = await seen((event) => (event.type === "message_changed" ? event.message : undefined));
  expect(changed).toMatchObject({ ts, text: "ada retries rrr" });
  expect(changed.blocks).toBeUndefined();
  expect((await seen(modalSeen)).callback_id).toBe("create");
});

test("an external select asks the app for options once enough is typed", async () => {
  const { workspace, client, startBolt, channels, you } = await startWorkspace();
  const asked: string[] = [];
  await startBolt((app) => {
    app.options("owner", async ({ ack, payload }) => {
      asked.push(payload.value);
      await ack({ options: [{ text: { type: "plain_text", text: `${payload.value}-team` }, value: "acme" }] });
    });
  });
  const select = { type: "external_select" as const, action_id: "owner", min_query_length: 2 };
  const { ts } = await client.chat.postMessage({
    channel: channels.launches,
    text: "Who owns it?",
    blocks: [{ type: "actions", block_id: "b", elements: [select] }],
  });
  const place = { person: you, channel: "launches", message_ts: ts, block_id: "b", action_id: "owner" };

  expect(await workspace.suggest({ ...place, value: "a" })).toEqual({ options: [] });
  expect(await workspace.suggest({ ...place, value: "ac" })).toMatchObject({ options: [{ value: "acme" }] });
  expect(asked).toEqual(["ac"]);
});

test("a mention in a channel of the bot reaches it, in one that it is not in Slack offers to invite it", async () => {
  const { workspace, startBolt, seen, botUserId, you } = await startWorkspace();
  await startBolt((app) => {
    app.event("app_mention", ({ event, say }) =>
      say({ text: `heard: ${event.text}`, thread_ts: event.ts }).then(() => {}),
    );
  });
  await workspace.say({ person: you, channel: "launches", text: "@slipway status <b>" });
  const answer = await seen((event) =>
    event.type === "message" && event.message.thread_ts ? event.message : undefined,
  );
  expect(answer.text).toBe(`heard: <@${botUserId}> status &lt;b&gt;`);

  await workspace.say({ person: you, channel: "general", text: "@slipway status" });
  expect(await seen(noticeSeen)).toMatch(/not in this channel/);
});

test("the Home tab is published when it is opened", async () => {
  const { workspace, startBolt, seen, you } = await startWorkspace();
  await startBolt((app) => {
    app.event("app_home_opened", async ({ event, client }) => {
      await client.views.publish({
        user_id: event.user,
        view: { type: "home", blocks: [{ type: "header", text: { type: "plain_text", text: "My projects" } }] },
      });
    });
  });
  workspace.openHome(you);
  const home = await seen((event) => (event.type === "home_published" ? event.view : undefined));
  expect(home).toMatchObject({ type: "home", blocks: [{ type: "header", text: { text: "My projects" } }] });
});

test("a command that is not acknowledged in time fails for the person and comes once more, unmarked", async () => {
  const { workspace, startBolt, seen, you } = await startWorkspace({ acknowledgeWithin: 100 });
  const attempts: { trigger: string; retry: unknown }[] = [];
  const second = Promise.withResolvers<void>();
  await startBolt((app) => {
    app.command("/project", async ({ ack, command, context }) => {
      attempts.push({ trigger: command.trigger_id, retry: context.retryNum });
      if (attempts.length < 2) return;
      await ack("late");
      second.resolve();
    });
  });

  await workspace.say({ person: you, channel: "launches", text: "/project create rrr" });

  expect(await seen(noticeSeen)).toBe('/project failed with the error "operation_timeout"');
  await second.promise;
  expect(attempts[1]).toEqual({ trigger: attempts[0]?.trigger, retry: undefined });
});

test("an event that is not acknowledged is retried with its attempt and reason, then given up", async () => {
  const { slack, workspace, you } = await startWorkspace({ acknowledgeWithin: 50, speed: 3000 });
  const { url } = await openConnection(slack.apiUrl, slack.appToken);
  const frames: Record<string, unknown>[] = [];
  const last = Promise.withResolvers<void>();
  const socket = new WebSocket(url);
  socket.addEventListener("message", ({ data }) => {
    const frame = JSON.parse(String(data));
    if (frame.type === "events_api") frames.push(frame);
    if (frame.retry_attempt === 3) last.resolve();
  });
  await workspace.connected();

  await workspace.say({ person: you, channel: "launches", text: "@slipway status" });
  await last.promise;

  expect(frames.map(({ retry_attempt, retry_reason }) => [retry_attempt, retry_reason])).toEqual([
    [0, ""],
    [1, "timeout"],
    [2, "timeout"],
    [3, "timeout"],
  ]);
  const eventIds = frames.map((frame) => (frame.payload as { event_id: string }).event_id);
  expect(new Set(eventIds).size).toBe(1);
  socket.close();
});

test("Bolt comes back after Slack asks it to, and after the line is cut", async () => {
  const { workspace, startBolt, events, you } = await startWorkspace();
  await startBolt((app) => app.command("/project", ({ ack }) => ack("here")), 400);
  for (const reason of ["refresh_requested", "cut"] as const) {
    const gone = workspace.disconnected();
    workspace.disconnect(reason);
    await gone;
    await workspace.connected();
    await workspace.say({ person: you, channel: "launches", text: "/project list" });
  }
  expect(events.flatMap((event) => messageSeen(event)?.text ?? [])).toEqual(["here", "here"]);
});

test("of several connections each envelope goes to one", async () => {
  const { workspace, startBolt, you } = await startWorkspace();
  const heard: string[] = [];
  for (const name of ["one", "two"]) {
    await startBolt((app) => {
      app.command("/project", async ({ ack }) => {
        heard.push(name);
        await ack();
      });
    });
  }
  await workspace.connected(2);
  for (let count = 0; count < 4; count += 1)
    await workspace.say({ person: you, channel: "ops", text: "/project list" });
  expect(heard.toSorted()).toEqual(["one", "one", "two", "two"]);
});

test("a command whose connection breaks goes to another one", async () => {
  const { slack, workspace, startBolt, seen, you } = await startWorkspace();
  const broken = new WebSocket((await openConnection(slack.apiUrl, slack.appToken)).url);
  broken.addEventListener("message", ({ data }) => {
    if (JSON.parse(String(data)).type === "slash_commands") broken.close();
  });
  await workspace.connected();
  await startBolt((app) => app.command("/project", ({ ack }) => ack("here")));
  await workspace.connected(2);

  await workspace.say({ person: you, channel: "launches", text: "/project list" });

  expect(await seen(messageSeen)).toMatchObject({ text: "here" });
  expect(workspace.connections()).toBe(1);
});

test("an eleventh connection is sent away", async () => {
  const { slack, workspace } = await startWorkspace({ rateLimits: false });
  const sockets: WebSocket[] = [];
  for (let count = 0; count < 10; count += 1) {
    sockets.push(new WebSocket((await openConnection(slack.apiUrl, slack.appToken)).url));
  }
  await workspace.connected(10);
  const extra = new WebSocket((await openConnection(slack.apiUrl, slack.appToken)).url);
  const first = await new Promise((resolve) => {
    extra.addEventListener("message", ({ data }) => resolve(JSON.parse(String(data))), { once: true });
  });
  expect(first).toMatchObject({ type: "disconnect", reason: "too_many_websockets" });
  for (const socket of [...sockets, extra]) socket.close();
});

async function openConnection(apiUrl: string, appToken: string): Promise<{ url: string }> {
  const response = await fetch(`${apiUrl}apps.connections.open`, {
    method: "POST",
    headers: { authorization: `Bearer ${appToken}` },
  });
  return (await response.json()) as { url: string };
}

test("an app hears of a root's end as of a change, while it has replies, and else as of its end", async () => {
  const { client, channels, startBolt } = await startWorkspace({
    rateLimits: false,
    subscriptions: ["message.channels"],
  });
  const heard: object[] = [];
  await startBolt((app) => {
    app.event("message", async ({ event }) => {
      if (event.subtype === "message_changed" || event.subtype === "message_deleted") heard.push(event);
    });
  });
  const channel = channels.launches;
  const { ts = "" } = await client.chat.postMessage({ channel, text: "root" });
  const { ts: reply = "" } = await client.chat.postMessage({ channel, text: "reply", thread_ts: ts });
  await client.chat.delete({ channel, ts });
  await vi.waitUntil(() => heard.length === 1, { timeout: 45_000 });
  await client.chat.delete({ channel, ts: reply });
  await vi.waitUntil(() => heard.length === 2, { timeout: 45_000 });
  expect(heard).toMatchObject([
    {
      subtype: "message_changed",
      message: { ts, subtype: "tombstone", hidden: true },
      previous_message: { text: "root" },
    },
    { subtype: "message_deleted", deleted_ts: reply, previous_message: { text: "reply" } },
  ]);
});
