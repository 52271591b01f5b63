import type { IncomingMessage, ServerResponse } from "node:http";
import { Webhooks } from "@octokit/webhooks";
import type { Log } from "./create-octokit.ts";
import { hintOf, type WebhookHint } from "./hint-of.ts";
import { readBody } from "./read-body.ts";

/**
 * GitHub sends at most 25 MB (https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap). The events
 * that we ask for are some tens of kilobytes; a push lists at most 2,048 commits, so a few MB is the most one can be.
 */
const AT_MOST_BYTES = 8 * 1024 * 1024;

/**
 * `POST /github/webhooks`. Answers first (GitHub gives up after 10 s:
 * https://docs.github.com/en/webhooks/using-webhooks/best-practices-for-using-webhooks#respond-within-10-seconds)
 * and then says which repository is worth a look. Nothing else of what was sent is believed, so that doubled, late and
 * reordered ones do no harm.
 */
export function createWebhookReceiver(options: {
  secret: string;
  onHint(hint: WebhookHint): void;
  log: Log;
}): (request: IncomingMessage, response: ServerResponse) => void {
  const webhooks = new Webhooks({ secret: options.secret });

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const signature = headerOf(request, "x-hub-signature-256");
    const event = headerOf(request, "x-github-event");
    const delivery = headerOf(request, "x-github-delivery");
    if (request.method !== "POST") return answer(response, 405, "a webhook is a POST");
    if (!signature) return answer(response, 401, "no X-Hub-Signature-256");

    const body = await readBody(request, AT_MOST_BYTES);
    if (body === undefined) return answer(response, 413, `more than ${AT_MOST_BYTES} bytes`);
    // Compares in constant time; a signature of another form is simply not one.
    if (!(await webhooks.verify(body, signature).catch(() => false))) {
      options.log.warn({ delivery, event }, "a webhook with a wrong signature was refused");
      return answer(response, 401, "the signature does not match");
    }
    const hint = event === undefined ? undefined : hintOf(event, body);
    if (hint === undefined) return answer(response, 400, "not a payload of GitHub's");

    answer(response, 202, "");
    if (hint === "nothing") return;
    options.log.debug({ delivery, ...hint }, "webhook");
    options.onHint(hint);
  }

  return (request, response) => {
    receive(request, response).catch((error: unknown) => {
      options.log.error({ err: error }, "a webhook was not handled");
      if (!response.headersSent) answer(response, 500, "");
    });
  };
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
}

function answer(response: ServerResponse, status: number, text: string): void {
  // What is left of a refused body is not read, so the connection cannot be used again.
  response.writeHead(status, { "content-type": "text/plain", ...(status === 413 ? { connection: "close" } : {}) });
  response.end(text);
}
