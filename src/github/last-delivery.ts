import type { Octokit } from "@octokit/rest";
import type { Delivery, RepositoryName } from "../project/ports/github.ts";
import { isStatus } from "./is-status.ts";

/** GitHub keeps three days of them. https://docs.github.com/en/webhooks/testing-and-troubleshooting-webhooks/viewing-webhook-deliveries */
export async function lastDelivery(
  octokit: Octokit,
  at: RepositoryName,
  hook: number,
): Promise<Delivery | "none" | "gone"> {
  try {
    const where = { owner: at.owner, repo: at.name, hook_id: hook };
    const { data } = await octokit.rest.repos.listWebhookDeliveries({ ...where, per_page: 1 });
    const [newest] = data;
    if (!newest) return "none";
    return { event: newest.event, status: newest.status_code, at: new Date(newest.delivered_at) };
  } catch (error) {
    if (isStatus(error, 404)) return "gone";
    throw error;
  }
}
