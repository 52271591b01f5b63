import { z } from "zod";
import { pathOf } from "../../../src/cluster/path-of.ts";
import { tagOf } from "../../../src/project/naming.ts";
import type { KubeObject } from "../../../src/project/ports/cluster.ts";
import { type Project, projectResource } from "../../../src/project/project.ts";
import type { GitHubPart } from "../../../src/sandbox/github/start.ts";
import { thread } from "../../../src/slack/thread.ts";
import { gitRepositoryOf } from "../../../src/steps/git-repository-of.ts";
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
  const [recorded, ...others] = objectsOf(name);
  const path = pathOf("Project", "slipway-system", name);
  const stored = projectResource.parse(await call("GET", path));
  if (!recorded) return;
  const repository = await makeRepository(name, stored.spec.template, github);
  const sha = repository.sha;
  const old = projectResource.parse(recorded).status.launch.sha ?? "";
  const now = <T>(value: T): T =>
    JSON.parse(JSON.stringify(value).replaceAll(old, sha).replaceAll(tagOf(old), tagOf(sha)));
  const before = now(projectResource.parse(recorded).status);
  const ids = new Map<string, string | undefined>();
  for (const object of others)
    ids.set(`${object.kind} ${object.metadata.name}`, await bringUp(now(object), object, call));
  const known = { ...before, repository: repository.facts };
  const branch = others.find(({ kind }) => kind === "GitRepository");
  const source = await holdCommit({ ...stored, status: known }, name, branch && now(branch), call);
  const status = {
    ...known,
    findings: [],
    timeline: before.timeline.filter(({ reason }) => !reason.startsWith("Finding")),
    environments: before.environments.map((each) => ({ ...each, released: sha, source, sources: [sha] })),
    ledger: before.ledger.flatMap((each) => {
      const id = ids.get(`${each.kind} ${each.name}`);
      // Nobody is to be called by GitHub.
      if (each.kind === "Webhook") return [];
      return [each.kind === "Repository" ? { ...each, id: `${repository.facts.id}` } : id ? { ...each, id } : each];
    }),
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

/** As it is of the commit that the repository begins with; its source fetches again. Returns its uid. */
async function bringUp(wanted: KubeObject, recorded: KubeObject, call: Call): Promise<string | undefined> {
  const { namespace, name } = wanted.metadata;
  const path = pathOf(wanted.kind, namespace, name);
  const stored = await call("GET", path);
  if (JSON.stringify(wanted) === JSON.stringify(recorded)) return stored.metadata.uid;
  const { metadata } = await call("PUT", path, { ...wanted, metadata: stored.metadata });
  await writeStatus(wanted, metadata, call);
  return metadata.uid;
}

/** The source of the released commit, as Flux has it once it is fetched. */
async function holdCommit(project: Project, name: string, branch: KubeObject | undefined, call: Call): Promise<string> {
  const source = gitRepositoryOf(project, name, project.status.launch.sha);
  if (!source || !branch) return "";
  const made = await call("POST", pathOf("GitRepository", name), source).catch(() =>
    call("GET", pathOf("GitRepository", name, source.metadata.name)),
  );
  await writeStatus({ ...source, status: branch.status }, made.metadata, call);
  return source.metadata.name;
}

async function writeStatus(wanted: KubeObject, metadata: KubeObject["metadata"], call: Call): Promise<void> {
  const path = pathOf(wanted.kind, metadata.namespace, metadata.name);
  const { generation } = metadata;
  const status = { ...Object(wanted.status), ...(generation ? { observedGeneration: generation } : {}) };
  await call("PUT", `${path}/status`, { ...wanted, metadata, status });
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
  const wanted = { name, description, private: true, auto_init: true };
  // It may be there of an earlier round.
  const made = await ask("POST", "/orgs/acme/repos", wanted).catch(() => ask("GET", `/repos/acme/${name}`));
  await ask("PUT", `/repos/acme/${name}/topics`, { names: ["slipway", template] });
  const head = await ask("GET", `/repos/acme/${name}/commits/main`);
  const facts = { id: made.id, url: made.html_url, cloneUrl: made.clone_url, defaultBranch: made.default_branch };
  return { sha: head.sha, facts };
}
