import type { Envelope, Slack } from "../model.ts";
import type { Attempt } from "./attempt.ts";
import { sign } from "./sign.ts";

/** Delivery by signed POST to the app's request URL. */
export function createHttpDelivery(slack: Slack, url: string): Attempt {
  return async (envelope, given) => {
    const { body, contentType } = encode(envelope);
    const headers = {
      "content-type": contentType,
      "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
      ...sign(slack.tokens.signingSecret, body, slack.world.clock.now()),
      ...(given.attempt === 0
        ? {}
        : { "x-slack-retry-num": String(given.attempt), "x-slack-retry-reason": httpReason(given.reason) }),
    };
    try {
      const response = await fetch(url, {
        method: "POST",
        headers,
        body,
        signal: AbortSignal.timeout(slack.acknowledgeWithin),
      });
      const text = await response.text();
      if (!response.ok) return { state: "refused", status: response.status };
      const isJson = response.headers.get("content-type")?.includes("json") ?? false;
      return { state: "acked", payload: isJson && text !== "" ? JSON.parse(text) : text };
    } catch (error) {
      return { state: error instanceof Error && error.name === "TimeoutError" ? "timeout" : "lost" };
    }
  };
}

function encode(envelope: Envelope): { body: string; contentType: string } {
  const form = "application/x-www-form-urlencoded";
  switch (envelope.type) {
    case "events_api":
      return { body: JSON.stringify(envelope.payload), contentType: "application/json" };
    case "interactive":
      return { body: new URLSearchParams({ payload: JSON.stringify(envelope.payload) }).toString(), contentType: form };
    case "slash_commands": {
      const fields = Object.entries(envelope.payload).map(([key, value]): [string, string] => [key, String(value)]);
      return { body: new URLSearchParams(fields).toString(), contentType: form };
    }
  }
}

function httpReason(reason: string): string {
  return reason === "timeout" ? "http_timeout" : reason;
}
