import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { App, HTTPReceiver } from "@slack/bolt";
import { expect, onTestFinished, test } from "vitest";
import { startWorkspace } from "./start-workspace.ts";

type Workspace = Awaited<ReturnType<typeof startWorkspace>>;

test("Bolt over HTTP takes a command, a modal, a button and a mention, all signed", async () => {
  const started = await startWorkspace();
  const { workspace, client, channels, seen, you } = started;
  await startHttpBolt(started, (app) => {
    app.command("/project", async ({ ack, body, client }) => {
      await ack("on it");
      await client.views.open({ trigger_id: body.trigger_id, view });
    });
    app.view("create", ({ ack }) => ack({ response_action: "errors", errors: { name: "taken" } }));
    app.action("retry", async ({ ack, respond }) => {
      await ack();
      await respond({ text: "retrying", response_type: "in_channel", replace_original: false });
    });
    app.event("app_mention", async ({ say }) => void (await say("heard")));
  });

  await workspace.say({ person: you, channel: "launches", text: "/project create" });
  const opened = await seen((event) => (event.type === "view_opened" ? event.view : undefined));
  expect(await workspace.submit({ person: you, view_id: opened.id, values: { name: "rrr" } })).toEqual({
    errors: { name: "taken" },
  });
  const { ts } = await client.chat.postMessage({ channel: channels.launches, text: "failed", blocks: [actions] });
  await workspace.click({ person: you, channel: "launches", message_ts: ts, block_id: "b", action_id: "retry" });
  await workspace.say({ person: you, channel: "launches", text: "@slipway status" });

  for (const text of ["on it", "retrying", "heard"]) {
    await seen((event) => (event.type === "message" && event.message.text === text ? event : undefined));
  }
});

test("an app that answers after three seconds has failed for the person", async () => {
  const { slack, workspace, seen, you } = await startWorkspace({ acknowledgeWithin: 60 });
  const url = await listen((request, response) => answerChallenge(request, response, () => {}));
  await workspace.deliverTo(url);
  await workspace.say({ person: you, channel: "launches", text: "/project list" });
  expect(await seen((event) => (event.type === "notice" ? event.text : undefined))).toBe(
    '/project failed with the error "operation_timeout"',
  );
  expect(slack.url).toMatch(/^http:/);
});

test("an app that answers 500 to an event gets it again with X-Slack-Retry-Num", async () => {
  const { slack, workspace, you } = await startWorkspace({ speed: 3000 });
  const retries: [unknown, unknown][] = [];
  const last = Promise.withResolvers<void>();
  const url = await listen((request, response) =>
    answerChallenge(request, response, (body) => {
      const { "x-slack-retry-num": attempt, "x-slack-retry-reason": reason } = request.headers;
      retries.push([attempt, reason]);
      const timestamp = request.headers["x-slack-request-timestamp"];
      const signature = createHmac("sha256", slack.signingSecret).update(`v0:${timestamp}:${body}`).digest("hex");
      expect(request.headers["x-slack-signature"]).toBe(`v0=${signature}`);
      response.writeHead(500).end();
      if (retries.length === 4) last.resolve();
    }),
  );
  await workspace.deliverTo(url);
  await workspace.say({ person: you, channel: "launches", text: "@slipway status" });
  await last.promise;
  expect(retries).toEqual([
    [undefined, undefined],
    ["1", "http_error"],
    ["2", "http_error"],
    ["3", "http_error"],
  ]);
});

test("a request URL that does not answer the challenge is not taken", async () => {
  const { workspace } = await startWorkspace();
  const url = await listen((_, response) => response.end("hello"));
  await expect(workspace.deliverTo(url)).rejects.toThrow(/challenge/);
});

const view = {
  type: "modal" as const,
  callback_id: "create",
  title: { type: "plain_text" as const, text: "New project" },
  submit: { type: "plain_text" as const, text: "Create" },
  blocks: [
    {
      type: "input" as const,
      block_id: "name",
      label: { type: "plain_text" as const, text: "Name" },
      element: { type: "plain_text_input" as const, action_id: "name" },
    },
  ],
};
const actions = {
  type: "actions" as const,
  block_id: "b",
  elements: [{ type: "button" as const, action_id: "retry", text: { type: "plain_text" as const, text: "Retry" } }],
};

async function startHttpBolt({ slack, workspace }: Workspace, setUp: (app: App) => void): Promise<void> {
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret });
  const app = new App({ token: slack.botToken, receiver, clientOptions: { slackApiUrl: slack.apiUrl } });
  setUp(app);
  const server = await app.start(0);
  onTestFinished(async () => void (await app.stop()));
  await workspace.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
}

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function answerChallenge(
  request: Parameters<RequestListener>[0],
  response: Parameters<RequestListener>[1],
  otherwise: (body: string) => void,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  const challenge = /"challenge":"(\w+)"/.exec(body)?.[1];
  if (challenge === undefined) otherwise(body);
  else response.end(challenge);
}
