import type { Octokit } from "@octokit/rest";
import { z } from "zod";
import type { Delivery, RepositoryName } from "../project/ports/github.ts";
import { isStatus } from "./is-status.ts";
import { parseAnswer } from "./parse-answer.ts";

const Deliveries = z.array(z.object({ event: z.string(), status_code: z.number(), delivered_at: z.coerce.date() }));

/** GitHub keeps three days of them. https://docs.github.com/en/webhooks/testing-and-troubleshooting-webhooks/viewing-webhook-deliveries */
export async function lastDelivery(
  octokit: Octokit,
  at: RepositoryName,
  hook: number,
): Promise<Delivery | "none" | "gone"> {
  try {
    const where = { owner: at.owner, repo: at.name, hook_id: hook };
    const { data } = await octokit.rest.repos.listWebhookDeliveries({ ...where, per_page: 1 });
    const [newest] = parseAnswer(Deliveries, data);
    if (!newest) return "none";
    return { event: newest.event, status: newest.status_code, at: newest.delivered_at };
  } catch (error) {
    if (isStatus(error, 404)) return "gone";
    throw error;
  }
}
