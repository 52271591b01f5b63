import { type ConversationsRepliesResponse, LogLevel, WebClient, WebClientEvent } from "@slack/web-api";
import { expect, test } from "vitest";
import { startWorkspace } from "./start-workspace.ts";

const refusedWith = (error: string, more: object = {}) => ({ data: { ok: false, error, ...more } });
/** Of an app that looks around more than Slipway does. */
const CURIOUS = [
  ...["app_mentions:read", "channels:history", "channels:join", "channels:read", "chat:write", "commands"],
  ...["groups:history", "groups:read", "im:history", "im:read", "im:write", "reactions:read", "reactions:write"],
  ...["team:read", "usergroups:read", "users:read", "users:read.email"],
];
const section = (text: string) => ({ type: "section" as const, text: { type: "mrkdwn" as const, text } });

test("tokens are checked as Slack checks them", async () => {
  const { slack, workspace } = await startWorkspace();
  const call = (method: string, headers: Record<string, string> = {}) =>
    fetch(`${slack.apiUrl}${method}`, { method: "POST", headers }).then((response) => response.json());
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  expect(await call("auth.test")).toEqual({ ok: false, error: "not_authed" });
  expect(await call("auth.test", bearer("xoxb-1"))).toEqual({ ok: false, error: "invalid_auth" });
  expect(await call("apps.connections.open", bearer(slack.botToken))).toEqual({
    ok: false,
    error: "not_allowed_token_type",
  });
  expect(await call("auth.test", bearer(slack.botToken))).toMatchObject({ ok: true, team: "Acme" });
  workspace.revokeTokens();
  expect(await call("auth.test", bearer(slack.botToken))).toEqual({ ok: false, error: "token_revoked" });
});

test("arguments come as a form, as JSON, and with the token in the body", async () => {
  const { slack, channels } = await startWorkspace();
  const url = `${slack.apiUrl}conversations.info`;
  const json = await fetch(url, {
    method: "POST",
    headers: { authorization: `Bearer ${slack.botToken}`, "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify({ channel: channels.ops }),
  });
  const form = await fetch(url, {
    method: "POST",
    body: new URLSearchParams({ channel: channels.ops, token: slack.botToken }),
  });
  expect(await json.json()).toMatchObject({ ok: true, channel: { name: "ops" } });
  expect(await form.json()).toMatchObject({ ok: true, channel: { name: "ops" } });
});

test("what Slack refuses to post is refused with its error", async () => {
  const { client, workspace, channels, you } = await startWorkspace({ rateLimits: false });
  const post = (channel: string, text = "hello") => client.chat.postMessage({ channel, text });
  const { ts = "" } = await post(channels.launches);
  await workspace.say({ person: you, channel: "launches", text: "mine" });
  const mine = workspace.messages("launches").at(-1)?.ts ?? "";

  await expect(post("C0000")).rejects.toMatchObject(refusedWith("channel_not_found"));
  await expect(post("general")).rejects.toMatchObject(refusedWith("not_in_channel"));
  await expect(post(channels.launches, " ")).rejects.toMatchObject(refusedWith("no_text"));
  await expect(post(channels.launches, "x".repeat(40_001))).rejects.toMatchObject(refusedWith("msg_too_long"));
  const update = (target: string, text: string) => client.chat.update({ channel: channels.launches, ts: target, text });
  await expect(update("1.000001", "new")).rejects.toMatchObject(refusedWith("message_not_found"));
  await expect(update(mine, "new")).rejects.toMatchObject(refusedWith("cant_update_message"));
  await expect(update(ts, "x".repeat(4001))).rejects.toMatchObject(refusedWith("msg_too_long"));
  await expect(client.chat.delete({ channel: channels.launches, ts: mine })).rejects.toMatchObject(
    refusedWith("cant_delete_message"),
  );
  workspace.archive("launches");
  await expect(post(channels.launches)).rejects.toMatchObject(refusedWith("is_archived"));
  await expect(update(ts, "new")).rejects.toMatchObject(refusedWith("is_inactive"));
  workspace.revokeScope("chat:write");
  await expect(post(channels.ops)).rejects.toMatchObject(refusedWith("missing_scope", { needed: "chat:write" }));
});

test("the bot posts once it is invited, and no more once it is removed", async () => {
  const { client, workspace, channels } = await startWorkspace();
  workspace.invite("#general");
  await client.chat.postMessage({ channel: channels.general, text: "hello" });
  workspace.remove("#general");
  await expect(client.chat.postMessage({ channel: channels.general, text: "hello" })).rejects.toMatchObject(
    refusedWith("not_in_channel"),
  );
});

test("metadata is read back only by who asks for it, and stays through an update", async () => {
  const { client, channels } = await startWorkspace();
  const metadata = { event_type: "slipway_launch", event_payload: { key: "rrr/root", digest: "1" } };
  const channel = channels.launches;
  const { ts = "" } = await client.chat.postMessage({ channel, text: "launching", metadata });
  await client.chat.update({ channel, ts, text: "live" });

  const plain = await client.conversations.history({ channel });
  const whole = await client.conversations.history({ channel, include_all_metadata: true });
  const thread = await client.conversations.replies({ channel, ts, include_all_metadata: true });
  expect(plain.messages?.[0]?.metadata).toBeUndefined();
  expect(whole.messages?.[0]).toMatchObject({ text: "live", metadata });
  expect(thread.messages?.[0]).toMatchObject({ metadata });

  const next = { event_type: "slipway_launch", event_payload: { digest: "2" } };
  await client.chat.update({ channel, ts, text: "live", metadata: next });
  const changed = await client.conversations.history({ channel, include_all_metadata: true });
  expect(changed.messages?.[0]).toMatchObject({ metadata: next });
});

test("text without blocks takes the blocks away, blocks alone leave no edited mark", async () => {
  const { client, workspace, channels } = await startWorkspace();
  const channel = channels.launches;
  const { ts = "" } = await client.chat.postMessage({ channel, text: "a", blocks: [section("a")] });

  await client.chat.update({ channel, ts, text: "b", blocks: [section("b")] });
  const [withBlocks] = workspace.messages("launches");
  expect(withBlocks).toMatchObject({ blocks: [{ text: { text: "b", verbatim: false } }] });
  expect(withBlocks?.edited).toBeUndefined();
  await client.chat.update({ channel, ts, text: "c" });
  const [withText] = workspace.messages("launches");
  expect(withText?.blocks).toBeUndefined();
  expect(withText?.edited).toBeDefined();
});

test("a message with the same client_msg_id is the same message", async () => {
  const { client, workspace, channels } = await startWorkspace();
  const post = () =>
    client.apiCall("chat.postMessage", { channel: channels.launches, text: "once", client_msg_id: "rrr-root" });
  const { ts } = (await post()) as { ts?: string };
  expect(await post()).toMatchObject({ ok: true, ts });
  expect(workspace.messages("launches")).toHaveLength(1);
});

test("an ephemeral message is seen by one person, is in no history and cannot be updated", async () => {
  const { client, workspace, channels, seen, you } = await startWorkspace();
  const channel = channels.launches;
  const { message_ts = "" } = await client.chat.postEphemeral({ channel, user: you, text: "psst" });
  expect(await seen((event) => (event.type === "message" ? event.message : undefined))).toMatchObject({
    text: "psst",
    ephemeral: true,
  });
  expect((await client.conversations.history({ channel })).messages).toEqual([]);
  await expect(client.chat.update({ channel, ts: message_ts, text: "new" })).rejects.toMatchObject(
    refusedWith("message_not_found"),
  );
  workspace.remove("launches", you);
  await expect(client.chat.postEphemeral({ channel, user: you, text: "psst" })).rejects.toMatchObject(
    refusedWith("user_not_in_channel"),
  );
});

test("a reply to a message that is gone comes into the channel, and says so only by having no thread", async () => {
  const { client, workspace, channels } = await startWorkspace({ rateLimits: false });
  const channel = channels.launches;
  const { ts: root = "" } = await client.chat.postMessage({ channel, text: "root" });
  await client.chat.delete({ channel, ts: root });
  const late = await client.chat.postMessage({ channel, text: "late", thread_ts: root, reply_broadcast: true });
  expect(late).toMatchObject({ ok: true, message: { text: "late" } });
  expect(late.message).not.toHaveProperty("thread_ts");
  expect(workspace.messages("launches").map(({ text }) => text)).toEqual(["late"]);
  const gone = { channel, ts: root, text: "new" };
  await expect(client.chat.update(gone)).rejects.toMatchObject(refusedWith("message_not_found"));
  await expect(client.chat.delete(gone)).rejects.toMatchObject(refusedWith("message_not_found"));
  await expect(client.conversations.replies(gone)).rejects.toMatchObject(refusedWith("thread_not_found"));
  await expect(client.chat.getPermalink({ channel, message_ts: root })).rejects.toMatchObject(
    refusedWith("message_not_found"),
  );
});

test("a root with replies leaves a tombstone, under which the thread goes on", async () => {
  const { client, workspace, channels, seen } = await startWorkspace({ rateLimits: false });
  const channel = channels.launches;
  const { ts: root = "" } = await client.chat.postMessage({ channel, text: "root" });
  const { ts: reply = "" } = await client.chat.postMessage({ channel, text: "1", thread_ts: root });
  await client.chat.delete({ channel, ts: root });
  await seen((event) => (event.type === "message_changed" && event.message.ts === root ? event : undefined));
  const { messages = [] } = await client.conversations.replies({ channel, ts: root });
  expect(messages).toMatchObject([
    {
      ts: root,
      subtype: "tombstone",
      hidden: true,
      text: "This message was deleted.",
      user: "USLACKBOT",
      thread_ts: root,
    },
    { ts: reply, text: "1" },
  ]);
  await client.chat.postMessage({ channel, text: "2", thread_ts: root });
  expect(workspace.thread("launches", root).map(({ text }) => text)).toEqual(["This message was deleted.", "1", "2"]);
  await expect(client.chat.update({ channel, ts: root, text: "new" })).rejects.toMatchObject(
    refusedWith("message_not_found"),
  );
});

test("what Slack itself has written takes no replies", async () => {
  const { client, workspace, channels, you } = await startWorkspace({ rateLimits: false });
  workspace.remove("launches", you);
  workspace.invite("launches", you);
  const joined = workspace.messages("launches").find(({ subtype }) => subtype === "channel_join");
  await expect(
    client.chat.postMessage({ channel: channels.launches, text: "hello", thread_ts: joined?.ts ?? "" }),
  ).rejects.toMatchObject(refusedWith("cannot_reply_to_message"));
});

test("history and replies come in pages and within a span", async () => {
  const { client, channels } = await startWorkspace({ rateLimits: false });
  const channel = channels.launches;
  const { ts: root = "" } = await client.chat.postMessage({ channel, text: "root" });
  for (const text of ["1", "2", "3"]) await client.chat.postMessage({ channel, text, thread_ts: root });
  const { ts: last = "" } = await client.chat.postMessage({ channel, text: "last" });

  const pages: string[][] = [];
  for await (const page of client.paginate("conversations.replies", { channel, ts: root, limit: 3 })) {
    const { messages = [] } = page as ConversationsRepliesResponse;
    pages.push(messages.map(({ text = "" }) => text));
  }
  expect(pages).toEqual([["root", "1", "2"], ["3"]]);
  const history = await client.conversations.history({ channel });
  expect(history.messages).toMatchObject([{ text: "last" }, { text: "root", reply_count: 3 }]);
  expect((await client.conversations.history({ channel, oldest: root })).messages).toMatchObject([{ text: "last" }]);
  expect((await client.conversations.history({ channel, oldest: last, inclusive: true })).messages).toHaveLength(1);
  await expect(client.conversations.history({ channel, cursor: "nonsense" })).rejects.toMatchObject(
    refusedWith("invalid_cursor"),
  );
});

test("another tool can look around: people, channels, groups, the bot itself", async () => {
  const { client, channels, you, botUserId } = await startWorkspace({ scopes: CURIOUS });
  expect((await client.users.lookupByEmail({ email: "ada@acme.test" })).user?.id).toBe(you);
  expect((await client.users.info({ user: botUserId })).user).toMatchObject({ is_bot: true, name: "slipway" });
  const listed = await client.conversations.list({ types: "public_channel,im" });
  expect(listed.channels?.map(({ name, is_member }) => [name, is_member])).toEqual([
    ["general", false],
    ["launches", true],
    ["ops", true],
  ]);
  expect((await client.conversations.members({ channel: channels.launches })).members).toContain(botUserId);
  expect((await client.users.conversations({})).channels).toHaveLength(2);
  const [group] = (await client.usergroups.list({ include_users: true })).usergroups ?? [];
  expect(group).toMatchObject({ handle: "operators", users: [you] });
  expect((await client.usergroups.users.list({ usergroup: group?.id ?? "" })).users).toEqual([you]);
  expect((await client.team.info()).team).toMatchObject({ name: "Acme", domain: "acme" });
  const opened = await client.conversations.open({ users: you });
  expect((await client.chat.postMessage({ channel: you, text: "hi" })).channel).toBe(opened.channel?.id);
  expect((await client.conversations.join({ channel: channels.general })).channel).toMatchObject({ is_member: true });
});

test("reactions are added, counted and taken back", async () => {
  const { client, channels, workspace } = await startWorkspace({ scopes: CURIOUS });
  const { ts: timestamp = "" } = await client.chat.postMessage({ channel: channels.ops, text: "done" });
  const reaction = { channel: channels.ops, timestamp, name: "white_check_mark" };
  await client.reactions.add(reaction);
  expect(workspace.messages("ops")[0]?.reactions).toMatchObject([{ name: "white_check_mark", count: 1 }]);
  await expect(client.reactions.add(reaction)).rejects.toMatchObject(refusedWith("already_reacted"));
  await client.reactions.remove(reaction);
  expect((await client.reactions.get({ channel: channels.ops, timestamp })).message?.reactions).toBeUndefined();
});

test("a fifth message within a second to one channel is told to wait, one to another is not", async () => {
  const { client, channels, elapse } = await startWorkspace();
  const post = (channel: string) => client.chat.postMessage({ channel, text: "again" });
  for (let count = 0; count < 4; count += 1) await post(channels.launches);
  await expect(post(channels.launches)).rejects.toMatchObject({
    code: "slack_webapi_rate_limited_error",
    retryAfter: 1,
  });
  await post(channels.ops);
  elapse(1000);
  await post(channels.launches);
});

test("in a world that runs twenty times faster the limits are twenty times as wide", async () => {
  const { client, channels, elapse } = await startWorkspace({ speed: 20 });
  const post = () => client.chat.postMessage({ channel: channels.launches, text: "again" });
  for (let count = 0; count < 4; count += 1) await post();
  for (let count = 0; count < 10; count += 1) {
    elapse(50);
    await post();
  }
});

test("a method's tier is a minute's worth of calls", async () => {
  const { client, elapse } = await startWorkspace({ scopes: CURIOUS });
  for (let count = 0; count < 20; count += 1) await client.users.list({});
  await expect(client.users.list({})).rejects.toMatchObject({ retryAfter: 3 });
  elapse(3000);
  await client.users.list({});
});

test("an unmodified client that waits as told gets its message through", async () => {
  const { slack, workspace, channels } = await startWorkspace();
  const patient = new WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { minTimeout: 1 },
    logLevel: LogLevel.ERROR,
  });
  workspace.failNext("chat.postMessage", "ratelimited", { retryAfter: 1 });
  const limited = new Promise((resolve) => patient.on(WebClientEvent.RATE_LIMITED, resolve));
  await patient.chat.postMessage({ channel: channels.launches, text: "at last" });
  expect(await limited).toBe(1);
  expect(workspace.messages("launches")).toMatchObject([{ text: "at last" }]);
});

test("a call fails as often as asked, then works again", async () => {
  const { client, channels, workspace } = await startWorkspace();
  workspace.failNext("chat.postMessage", "fatal_error", { times: 2 });
  const post = () => client.chat.postMessage({ channel: channels.launches, text: "hello" });
  await expect(post()).rejects.toMatchObject(refusedWith("fatal_error"));
  await expect(post()).rejects.toMatchObject(refusedWith("fatal_error"));
  await expect(post()).resolves.toMatchObject({ ok: true });
});

test("blocks are refused with the reason, and a workspace without plans refuses them", async () => {
  const { client, channels, workspace } = await startWorkspace();
  const tooLong = client.chat.postMessage({
    channel: channels.launches,
    text: "a",
    blocks: [section("x".repeat(3001))],
  });
  await expect(tooLong).rejects.toMatchObject(
    refusedWith("invalid_blocks", {
      response_metadata: {
        messages: [
          "[ERROR] failed to match all allowed schemas [json-pointer:/blocks/0/text]",
          "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
        ],
      },
    }),
  );
  const plan = {
    type: "plan" as const,
    title: "rrr · launching",
    tasks: [{ type: "task_card" as const, task_id: "repository", title: "Repository", status: "complete" as const }],
  };
  const post = () => client.chat.postMessage({ channel: channels.launches, text: "rrr", blocks: [plan] });
  await expect(post()).resolves.toMatchObject({ ok: true });
  workspace.setPlanBlocks(false);
  await expect(post()).rejects.toMatchObject(
    refusedWith("invalid_blocks", { errors: ["unsupported type: plan [json-pointer:/blocks/0/type]"] }),
  );
  await expect(client.blocks.validate({ blocks: [plan] })).rejects.toMatchObject(
    refusedWith("invalid_blocks", {
      errors: [{ pointer: "/0/type", code: "failed_constraint", message: "unsupported type: plan" }],
    }),
  );
});

test("an app that may manage channels makes one, fills it and archives it", async () => {
  const { client, workspace, you } = await startWorkspace();
  await expect(client.conversations.create({ name: "rrr" })).rejects.toMatchObject(
    refusedWith("missing_scope", { needed: "channels:manage" }),
  );
  workspace.grantScope("channels:manage");
  await expect(client.conversations.create({ name: "Not a name" })).rejects.toMatchObject(
    refusedWith("invalid_name_specials"),
  );
  const { channel: { id: channel = "" } = {} } = await client.conversations.create({ name: "rrr" });
  await expect(client.conversations.create({ name: "rrr" })).rejects.toMatchObject(refusedWith("name_taken"));
  await client.conversations.invite({ channel, users: you });
  await client.conversations.setTopic({ channel, topic: "The rrr project" });
  expect(workspace.state().channels.find(({ id }) => id === channel)).toMatchObject({
    name: "rrr",
    topic: "The rrr project",
    isMember: true,
  });
  await client.conversations.archive({ channel });
  await expect(client.conversations.setTopic({ channel, topic: "a" })).rejects.toMatchObject(
    refusedWith("is_archived"),
  );
  await client.conversations.unarchive({ channel });
  await client.conversations.leave({ channel });
  expect((await client.conversations.info({ channel })).channel).toMatchObject({
    is_member: false,
    is_archived: false,
  });
});
