import type { Octokit } from "@octokit/rest";
import { z } from "zod";
import type { RepositoryName, WantedWebhook } from "../project/ports/github.ts";
import { isStatus } from "./is-status.ts";
import { parseAnswer } from "./parse-answer.ts";
import type { Sleep } from "./until-ready.ts";

/** Looks at the log of deliveries this often before it says that the ping has not come; about three seconds. */
const PING_PAUSES = [0, 100, 200, 400, 800, 1_500];

/**
 * The repository's one webhook of ours, made or repaired, and whether a ping of it was answered with 2xx. One that stands
 * with a URL from before is given the new one; what else is ours goes. Those of others are left alone.
 * `secretKnown`: this process has written that hook's secret before. GitHub shows it as `********`, so it is written
 * once in each process's life.
 */
export async function ensureWebhook(
  octokit: Octokit,
  at: RepositoryName,
  wanted: WantedWebhook,
  options: { secretKnown(id: number): boolean; sleep: Sleep },
): Promise<{ id: number; pinged: boolean }> {
  const repo = { owner: at.owner, repo: at.name };
  const config = { url: wanted.url, content_type: "json", secret: wanted.secret, insecure_ssl: "0" };
  const events = [...wanted.events];
  const ours = await findWebhooks(octokit, at, wanted);
  const standing = ours.find((hook) => hook.config.url === wanted.url) ?? ours[0];
  for (const { id } of ours.filter((hook) => hook !== standing))
    await octokit.rest.repos.deleteWebhook({ ...repo, hook_id: id }).catch(unlessGone);

  let before: Ping | undefined;
  const id = standing?.id ?? (await createWebhook(octokit, at, wanted, { config, events }));
  if (standing) {
    const differs =
      !standing.active ||
      standing.config.url !== wanted.url ||
      standing.config.content_type !== "json" ||
      String(standing.config.insecure_ssl ?? "0") !== "0" ||
      [...standing.events].sort().join() !== events.sort().join();
    const repair = differs || wanted.doubted === true || !options.secretKnown(id);
    before = await newestPing(octokit, at, id);
    if (!repair && before?.answered) return { id, pinged: true };
    if (repair) await octokit.rest.repos.updateWebhook({ ...repo, hook_id: id, config, events, active: true });
    await octokit.rest.repos.pingWebhook({ ...repo, hook_id: id });
  }
  // A new one is pinged by GitHub itself: https://docs.github.com/en/webhooks/webhook-events-and-payloads#ping
  for (const pause of PING_PAUSES) {
    await options.sleep(pause);
    const ping = await newestPing(octokit, at, id);
    if (ping && ping.id !== before?.id && ping.answered) return { id, pinged: true };
  }
  return { id, pinged: false };
}

async function findWebhooks(octokit: Octokit, at: RepositoryName, { url, before }: WantedWebhook) {
  // At most 20 of one event a repository, so one page holds them: https://docs.github.com/en/webhooks/about-webhooks
  const hooks = await octokit.rest.repos.listWebhooks({ owner: at.owner, repo: at.name, per_page: 100 });
  const urls = [url, ...(before?.urls ?? [])];
  return hooks.data.filter((hook) => hook.id === before?.id || urls.includes(hook.config.url ?? ""));
}

function unlessGone(error: unknown): void {
  if (!isStatus(error, 404)) throw error;
}

async function createWebhook(
  octokit: Octokit,
  at: RepositoryName,
  wanted: WantedWebhook,
  settings: { config: { url: string; content_type: string; secret: string; insecure_ssl: string }; events: string[] },
): Promise<number> {
  try {
    const made = await octokit.rest.repos.createWebhook({
      owner: at.owner,
      repo: at.name,
      name: "web",
      active: true,
      ...settings,
    });
    return parseAnswer(z.object({ id: z.number() }), made.data).id;
  } catch (error) {
    // Another process was quicker: "Hook already exists on this repository".
    if (!isStatus(error, 422) || !/already exists/i.test(error.message)) throw error;
    const [standing] = await findWebhooks(octokit, at, wanted);
    if (!standing) throw error;
    return standing.id;
  }
}

interface Ping {
  id: number;
  answered: boolean;
}

/** As the log of deliveries has it. https://docs.github.com/en/rest/repos/webhooks#list-deliveries-for-a-repository-webhook */
async function newestPing(octokit: Octokit, at: RepositoryName, hook: number): Promise<Ping | undefined> {
  const deliveries = await octokit.rest.repos.listWebhookDeliveries({
    owner: at.owner,
    repo: at.name,
    hook_id: hook,
    per_page: 30,
  });
  const ping = deliveries.data.find((delivery) => delivery.event === "ping");
  return ping && { id: ping.id, answered: ping.status_code >= 200 && ping.status_code < 300 };
}
