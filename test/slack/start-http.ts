import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { OPEN_ACCESS } from "../../src/slack/access/access-file.ts";
import { createSlack } from "../../src/slack/create-slack.ts";
import { en } from "../../src/words/en/index.ts";
import { clock, settings, silent, startBot, wellDoctor } from "./start-bot.ts";

/**
 * A bot in HTTP mode beside the Socket Mode one, on the same Projects. What it acknowledges is what Slack's requests are
 * answered; `answers`: what went to response_url. `apiUrl`: another Slack than the sandbox's.
 */
export async function startHttp(apiUrl?: string) {
  const bot = await startBot();
  const answers: unknown[] = [];
  const side = createSlack({
    botToken: bot.slack.botToken,
    signingSecret: bot.slack.signingSecret,
    apiUrl: apiUrl ?? bot.slack.apiUrl,
    projects: bot.projects,
    launcher: bot.launcher,
    doctor: wellDoctor,
    settings,
    words: en,
    access: () => OPEN_ACCESS,
    clock,
    log: silent,
    onDelivered: () => {},
  });
  const { requestListener } = side;
  if (!requestListener) throw new Error("HTTP mode has a request listener");
  const server = createServer((request, response) => {
    if (request.url !== "/answers") return requestListener(request, response);
    let text = "";
    request.on("data", (chunk) => {
      text += chunk;
    });
    request.on("end", () => {
      answers.push(JSON.parse(text));
      response.end("ok");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await side.stop();
  });
  // A listening TCP server has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  const post = async (body: string, type: string, signed: { secret?: string; age?: number } = {}) => {
    const timestamp = Math.floor(Date.now() / 1000) - (signed.age ?? 0);
    const mac = createHmac("sha256", signed.secret ?? bot.slack.signingSecret).update(`v0:${timestamp}:${body}`);
    const began = Date.now();
    const { status } = await fetch(`http://127.0.0.1:${port}/slack/events`, {
      method: "POST",
      body,
      headers: {
        "content-type": type,
        "x-slack-request-timestamp": String(timestamp),
        "x-slack-signature": `v0=${mac.digest("hex")}`,
      },
    });
    return { status, took: Date.now() - began };
  };
  /** `trigger`: the same of each delivery of the same doing. */
  const command = (text: string, trigger = `1.2.${text}`, signed: { secret?: string; age?: number } = {}) =>
    post(
      new URLSearchParams({
        ...{ command: "/project", text, trigger_id: trigger, user_id: bot.you, team_id: "T012" },
        ...{ channel_id: bot.channels.launches ?? "", response_url: `http://127.0.0.1:${port}/answers` },
      }).toString(),
      "application/x-www-form-urlencoded",
      signed,
    );
  const press = (action: string, value: string) => {
    const payload = {
      type: "block_actions",
      ...{ user: { id: bot.you }, team: { id: "T012" }, channel: { id: bot.channels.launches } },
      ...{ trigger_id: `1.2.${action}`, response_url: `http://127.0.0.1:${port}/answers`, container: {} },
      actions: [{ type: "button", action_id: action, block_id: "b", value, text: { type: "plain_text", text: "." } }],
    };
    return post(
      new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
      "application/x-www-form-urlencoded",
    );
  };
  const mention = (text: string) =>
    post(
      JSON.stringify({
        ...{ type: "event_callback", team_id: "T012", event_id: `Ev${text}` },
        event: { type: "app_mention", user: bot.you, channel: bot.channels.launches, text, ts: "1.2" },
      }),
      "application/json",
    );
  return { bot, side, answers, command, press, mention };
}
