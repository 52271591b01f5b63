import type { Octokit } from "@octokit/rest";
import { z } from "zod";
import type { Delivery, RepositoryName } from "../project/ports/github.ts";
import { isStatus } from "./is-status.ts";
import { parseAnswer } from "./parse-answer.ts";

const Deliveries = z.array(z.object({ event: z.string(), status_code: z.number(), delivered_at: z.coerce.date() }));

/** GitHub keeps three days of them. https://docs.github.com/en/webhooks/testing-and-troubleshooting-webhooks/viewing-webhook-deliveries */
export async function readLastDelivery(
  octokit: Octokit,
  at: RepositoryName,
  hook: number,
  etag?: string,
): Promise<{ etag: string | undefined; value: Delivery | "none" | "gone" }> {
  try {
    const { data, headers } = await octokit.rest.repos.listWebhookDeliveries({
      owner: at.owner,
      repo: at.name,
      hook_id: hook,
      per_page: 1,
      headers: etag ? { "if-none-match": etag } : {},
    });
    const [newest] = parseAnswer(Deliveries, data);
    const value = newest
      ? { event: newest.event, status: newest.status_code, at: newest.delivered_at }
      : ("none" as const);
    return { etag: headers.etag, value };
  } catch (error) {
    if (isStatus(error, 404)) return { etag: undefined, value: "gone" };
    throw error;
  }
}
