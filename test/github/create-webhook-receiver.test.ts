import { createHmac } from "node:crypto";
import { createServer, request as httpRequest } from "node:http";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createWebhookReceiver } from "../../src/github/create-webhook-receiver.ts";
import type { WebhookHint } from "../../src/github/hint-of.ts";
import { listen } from "../../src/http/listen.ts";
import { quiet } from "./quiet.ts";

const secret = "s3cret";

/** GitHub's own examples; their package's types do not fit its JSON under Node's resolution. */
const examples = z
  .array(z.object({ name: z.string(), examples: z.array(z.unknown()) }))
  .parse(createRequire(import.meta.url)("@octokit/webhooks-examples"));

async function receiver() {
  const hints: WebhookHint[] = [];
  const receive = createWebhookReceiver({ secret, onHint: (hint) => hints.push(hint), log: quiet });
  const listening = await listen(createServer(receive), { port: 0, host: "127.0.0.1" });
  return { url: listening.url, hints, [Symbol.asyncDispose]: () => listening.close() };
}

const sign = (body: string, key = secret) => `sha256=${createHmac("sha256", key).update(body).digest("hex")}`;

function send(url: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-github-event": "push",
      "x-github-delivery": "d1",
      "x-hub-signature-256": sign(body),
      ...headers,
    },
  });
}

const push = JSON.stringify({ ref: "refs/heads/main", repository: { name: "rrr", owner: { login: "acme" } } });

describe("a webhook", () => {
  it("becomes the key of its repository and a reason, nothing more", async () => {
    await using bot = await receiver();
    expect((await send(bot.url, push)).status).toBe(202);
    expect(bot.hints).toEqual([{ repository: { owner: "acme", name: "rrr" }, reason: "push" }]);
  });

  it.each(["push", "workflow_run", "workflow_job", "package", "ping"])(
    "%s is read as GitHub sends it",
    async (name) => {
      await using bot = await receiver();
      const payloads = examples.find((example) => example.name === name)?.examples ?? [];
      expect(payloads.length).toBeGreaterThan(0);
      for (const payload of payloads) {
        const answer = await send(bot.url, JSON.stringify(payload), { "x-github-event": name });
        expect(answer.status).toBe(202);
      }
      if (name !== "ping") expect(bot.hints).toHaveLength(payloads.length);
    },
  );

  it("that is forged is refused, and nothing happens", async () => {
    await using bot = await receiver();
    const forged = [
      { "x-hub-signature-256": sign(push, "guess") },
      { "x-hub-signature-256": sign(`${push} `) },
      { "x-hub-signature-256": "sha256=00" },
      { "x-hub-signature-256": `sha1=${createHmac("sha1", secret).update(push).digest("hex")}` },
    ];
    for (const headers of forged) expect((await send(bot.url, push, headers)).status).toBe(401);
    const { status } = await fetch(bot.url, { method: "POST", body: push });
    expect(status).toBe(401);
    expect(bot.hints).toEqual([]);
  });

  it("that is too large is refused before it is read", async () => {
    await using bot = await receiver();
    const large = "x".repeat(9 * 1024 * 1024);
    expect(await statusOf(bot.url, large, { "content-length": String(large.length) })).toBe(413);
    expect(await statusOf(bot.url, large, { "transfer-encoding": "chunked" })).toBe(413);
    expect(bot.hints).toEqual([]);
  });

  it("that says nothing we understand is 400, though well signed", async () => {
    await using bot = await receiver();
    for (const body of ["{", "[]", '"push"', JSON.stringify({ repository: { name: 1 } })]) {
      expect((await send(bot.url, body)).status).toBe(400);
    }
    expect(bot.hints).toEqual([]);
  });

  it("that is about no repository is answered and forgotten", async () => {
    await using bot = await receiver();
    expect((await send(bot.url, JSON.stringify({ zen: "Keep it logically awesome." }))).status).toBe(202);
    expect(bot.hints).toEqual([]);
  });

  it("that came twice says the same thing twice", async () => {
    await using bot = await receiver();
    await send(bot.url, push);
    await send(bot.url, push);
    expect(bot.hints).toHaveLength(2);
    expect(bot.hints[0]).toEqual(bot.hints[1]);
  });

  it("is answered before the work begins, and a failure of the work is not GitHub's", async () => {
    const receive = createWebhookReceiver({
      secret,
      onHint: () => {
        throw new Error("the work failed");
      },
      log: quiet,
    });
    const listening = await listen(createServer(receive), { port: 0, host: "127.0.0.1" });
    expect((await send(listening.url, push)).status).toBe(202);
    await listening.close();
  });
});

/** By hand, because fetch gives up on an answer that comes while it still sends. */
function statusOf(url: string, body: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      url,
      { method: "POST", headers: { "x-hub-signature-256": sign(body), "x-github-event": "push", ...headers } },
      (response) => {
        resolve(response.statusCode);
        sent.destroy();
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}
