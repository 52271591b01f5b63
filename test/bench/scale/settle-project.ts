import { z } from "zod";
import { pathOf } from "../../../src/cluster/path-of.ts";
import { tagOf } from "../../../src/project/naming.ts";
import { projectResource } from "../../../src/project/project.ts";
import type { GitHubPart } from "../../../src/sandbox/github/start.ts";
import { thread } from "../../../src/slack/thread.ts";
import { en } from "../../../src/words/en/index.ts";
import type { Call } from "./load-projects.ts";
import { objectsOf } from "./objects-of.ts";

const answer = z.object({
  id: z.number().default(0),
  sha: z.string().default(""),
  html_url: z.string().default(""),
  clone_url: z.string().default(""),
  default_branch: z.string().default(""),
});

/**
 * Makes one loaded project what the bot would have left of it: its repository is on GitHub, its messages are in Slack
 * (all in one thread), and there is nothing to do. No warning has been told yet.
 */
export async function settleProject(
  name: string,
  given: { call: Call; github: GitHubPart; thread: { channel: string; ts: string } },
): Promise<void> {
  const { call, github } = given;
  const [recorded] = objectsOf(name);
  const path = pathOf("Project", "slipway-system", name);
  const stored = projectResource.parse(await call("GET", path));
  if (!recorded) return;
  const repository = await makeRepository(name, stored.spec.template, github);
  const sha = repository.sha;
  const before = projectResource.parse(recorded).status;
  const status = {
    ...before,
    findings: [],
    timeline: before.timeline.filter(({ reason }) => !reason.startsWith("Finding")),
    repository: repository.facts,
    launch: { ...before.launch, sha },
    environments: before.environments.map((each) => ({ ...each, tag: tagOf(sha) })),
    deploys: before.deploys.map((each) => ({ ...each, sha, tag: tagOf(sha) })),
    observedGeneration: stored.metadata.generation,
    messages: {},
  };
  const { channel, ts } = given.thread;
  const at = new Date().toISOString();
  const spec = { ...stored.spec, slack: { ...stored.spec.slack, channel } };
  const changed = await call("PATCH", path, { spec });
  const shown = projectResource.parse({ ...stored, spec, status });
  const messages = thread(shown, en, new Date()).map(({ key, digest }) => [key, { channel, ts, digest, at }]);
  // Whole, as a merge patch would leave what was recorded beside it.
  await call("PUT", `${path}/status`, { ...changed, status: { ...status, messages: Object.fromEntries(messages) } });
}

async function makeRepository(name: string, template: string, github: GitHubPart) {
  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${github.apiUrl}${path}`, {
      method,
      headers: { Authorization: `token ${github.token}`, "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return answer.parse(await response.json());
  };
  const description = `${name}, launched with Slipway from ${template}`;
  const made = await ask("POST", "/orgs/acme/repos", { name, description, private: true, auto_init: true });
  await ask("PUT", `/repos/acme/${name}/topics`, { names: ["slipway", template] });
  const head = await ask("GET", `/repos/acme/${name}/commits/main`);
  const facts = { id: made.id, url: made.html_url, cloneUrl: made.clone_url, defaultBranch: made.default_branch };
  return { sha: head.sha, facts };
}
