import { createHmac } from "node:crypto";
import type { Hub } from "../hub.ts";
import type { Delivery, Hook } from "../state.ts";

/** GitHub gives up after this. https://docs.github.com/en/webhooks/using-webhooks/best-practices-for-using-webhooks */
const PATIENCE = 10_000;
const KEPT = 200;

/** Posts one event to one hook and writes it into the hook's log; never throws and never tries again by itself. */
export async function deliver(
  hub: Hub,
  hook: Hook,
  message: {
    guid: string;
    event: string;
    action: string | null;
    payload: Record<string, unknown>;
    redelivery: boolean;
  },
): Promise<Delivery> {
  const json = JSON.stringify(message.payload);
  const body = hook.config.contentType === "form" ? new URLSearchParams({ payload: json }).toString() : json;
  const headers = headersOf(hub, hook, message, body);
  const started = performance.now();
  const deliveredAt = hub.world.clock.now().toISOString();
  const answer = await post(hook.config.url, headers, body, hub.closing);
  const delivery: Delivery = {
    id: hub.nextId(),
    guid: message.guid,
    deliveredAt,
    redelivery: message.redelivery,
    duration: Math.round((performance.now() - started) / 10) / 100,
    status: answer.status,
    statusCode: answer.code,
    event: message.event,
    action: message.action,
    repositoryId: hook.repositoryId,
    request: { headers, payload: message.payload },
    response: { headers: answer.headers, payload: answer.body },
  };
  hook.deliveries = [delivery, ...hook.deliveries].slice(0, KEPT);
  hook.lastResponse = {
    code: answer.code || null,
    status: answer.code >= 200 && answer.code < 300 ? "active" : "misconfigured",
    message: answer.status,
  };
  return delivery;
}

function headersOf(
  hub: Hub,
  hook: Hook,
  message: { guid: string; event: string },
  body: string,
): Record<string, string> {
  const { secret, contentType } = hook.config;
  const sign = (algorithm: string) =>
    `${algorithm}=${createHmac(algorithm, secret ?? "")
      .update(body)
      .digest("hex")}`;
  return {
    Accept: "*/*",
    "User-Agent": `GitHub-Hookshot/${hub.world.random.fork("hookshot").text(7, "0123456789abcdef")}`,
    "Content-Type": contentType === "form" ? "application/x-www-form-urlencoded" : "application/json",
    "X-GitHub-Delivery": message.guid,
    "X-GitHub-Event": message.event,
    "X-GitHub-Hook-ID": String(hook.id),
    "X-GitHub-Hook-Installation-Target-ID": String(hook.repositoryId),
    "X-GitHub-Hook-Installation-Target-Type": "repository",
    ...(secret ? { "X-Hub-Signature": sign("sha1"), "X-Hub-Signature-256": sign("sha256") } : {}),
  };
}

async function post(url: string, headers: Record<string, string>, body: string, closing: AbortSignal) {
  try {
    const signal = AbortSignal.any([AbortSignal.timeout(PATIENCE), closing]);
    const response = await fetch(url, { method: "POST", headers, body, signal, redirect: "manual" });
    const text = await response.text();
    const status = response.ok ? "OK" : `Invalid HTTP Response: ${response.status}`;
    return { code: response.status, status, headers: Object.fromEntries(response.headers), body: text };
  } catch (error) {
    const late = error instanceof Error && error.name === "TimeoutError";
    return { code: 0, status: late ? "timed out" : "failed to connect to host", headers: {}, body: "" };
  }
}
