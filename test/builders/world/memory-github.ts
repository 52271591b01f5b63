import { createHash } from "node:crypto";
import type { Commit, GitHub, Repository, WorkflowRun, WorkflowState } from "../../../src/project/ports/github.ts";
import type { Registry } from "../../../src/project/ports/registry.ts";
import { Problem } from "../../../src/project/problem.ts";

interface Held {
  repository: Repository;
  commits: (Commit & { paths: string[] })[];
  runs: WorkflowRun[];
  hooks: { id: number; url: string; secret?: string; events: readonly string[] }[];
  actions: boolean;
}

/** `paths`: what a commit changes; `run`: whether the workflow is triggered by it; `skips`: its message asks for no run. */
export interface Pushed {
  paths?: string[];
  run?: boolean;
  skips?: boolean;
}

export interface MemoryGitHub {
  github: GitHub;
  registry: Registry;
  repositories: Map<string, Held>;
  packages: Set<string>;
  /** A commit by a person, on the default branch. */
  push(full: string, title: string, given?: Pushed): string;
  /** Under another name; GitHub leads there from the old one. */
  rename(from: string, to: string): void;
  /** The branch is put back to that commit, by force. */
  reset(full: string, sha: string): void;
  /** How runs that have not begun will end. */
  build: { conclusion: string | null; seconds: number };
  /** Of every repository's workflow. */
  workflow: WorkflowState;
  pullPassword: string;
  /** With what webhooks are answered. */
  answer: number;
}

/** GitHub and its registry as far as a launch asks: names are unique, ids are not given twice, a build takes its time. */
export function createMemoryGitHub(clock: { now(): Date }): MemoryGitHub {
  const repositories = new Map<string, Held>();
  const packages = new Set<string>();
  const build: MemoryGitHub["build"] = { conclusion: "success", seconds: 20 };
  let ids = 1000;
  const led = new Map<string, string>();
  const find = (owner: string, name: string) =>
    repositories.get(`${owner}/${name}`) ?? repositories.get(led.get(`${owner}/${name}`) ?? "");
  const held = (at: { owner: string; name: string }) => {
    const found = find(at.owner, at.name);
    if (!found)
      throw new Problem("github-refused", {
        destiny: { kind: "person" },
        evidence: `${at.owner}/${at.name}: Not Found`,
      });
    return found;
  };

  /** What has come true by now. */
  function advance(full: string, { runs }: Held) {
    for (const run of runs) {
      if (run.status === "completed" || clock.now().getTime() < run.createdAt.getTime() + build.seconds * 1000)
        continue;
      run.status = "completed";
      run.conclusion = build.conclusion;
      run.updatedAt = clock.now();
      if (run.conclusion === "success") packages.add(`ghcr.io/${full}:${run.sha.slice(0, 12)}`);
    }
  }

  function commitTo(
    full: string,
    into: Held,
    title: string,
    content: string,
    { paths = ["k8s/base/deployment.yaml", "server.js"], run = true, skips = false }: Pushed = {},
  ): string {
    const sha = createHash("sha1").update(content).digest("hex");
    if (into.commits.some((each) => each.sha === sha)) return sha;
    const url = `https://github.com/${full}/commit/${sha}`;
    const at = clock.now();
    const parents = into.commits.slice(-1).map((each) => each.sha);
    into.commits.push({
      sha,
      title,
      author: "Ada",
      authorEmail: "ada@acme.example",
      url,
      at,
      parents,
      paths,
      ...(skips ? { skipsWorkflows: true } : {}),
    });
    if (!run) return sha;
    into.runs.unshift({
      id: ++ids,
      number: into.runs.length + 1,
      attempt: 1,
      sha,
      branch: "main",
      event: "push",
      name: "build",
      status: "in_progress",
      conclusion: null,
      url: `https://github.com/${full}/actions/runs/${ids}`,
      createdAt: at,
      startedAt: at,
      updatedAt: at,
    });
    return sha;
  }

  const memory: MemoryGitHub = {
    repositories,
    packages,
    build,
    pullPassword: "pull-token",
    answer: 202,
    workflow: "active",
    rename(from, to) {
      const moved = repositories.get(from);
      const [owner, name] = to.split("/");
      if (!moved || !owner || !name) throw new Error(`no ${from}`);
      repositories.delete(from);
      repositories.set(to, moved);
      Object.assign(moved.repository, { owner, name, url: `https://github.com/${to}` });
      led.set(from, to);
    },
    push(full, title, given) {
      const into = repositories.get(full);
      if (!into) throw new Error(`no ${full}`);
      return commitTo(full, into, title, `${full} ${title}`, given);
    },
    reset(full, sha) {
      const into = repositories.get(full);
      const to = into?.commits.findIndex((each) => each.sha === sha) ?? -1;
      if (!into || to < 0) throw new Error(`no ${sha} in ${full}`);
      into.commits.splice(to + 1);
    },
    registry: {
      check: async () => {},
      forget: () => {},
      has: async (image, tag) => {
        for (const [full, each] of repositories) advance(full, each);
        return packages.has(`${image}:${tag}`);
      },
      pullCredential: async () => ({ host: "ghcr.io", username: "bot", password: memory.pullPassword }),
    },
    github: {
      standing: async () => ({ login: "slipway[bot]", kind: "app", missing: [], limit: undefined }),
      owner: async (login) => (login === "acme" ? { login, kind: "organization" } : undefined),
      repository: async (owner, name) => structuredClone(find(owner, name)?.repository),
      async locate({ owner, name }, id) {
        const named = structuredClone(repositories.get(`${owner}/${name}`)?.repository);
        if (named?.id === id) return { state: named.archived ? "archived" : "here", repository: named };
        const other = named ? { other: named } : {};
        const moved = [...repositories.values()].find(({ repository }) => repository.id === id)?.repository;
        return moved ? { state: "moved", repository: structuredClone(moved), ...other } : { state: "gone", ...other };
      },
      async createRepository({ owner, name, visibility, description }) {
        led.delete(`${owner}/${name}`);
        if (find(owner, name))
          throw new Problem("repo-name-taken", {
            destiny: { kind: "person" },
            params: { repository: `${owner}/${name}` },
            evidence: "name already exists on this account",
          });
        const url = `https://github.com/${owner}/${name}`;
        const repository: Repository = {
          owner,
          name,
          id: ++ids,
          url,
          cloneUrl: `${url}.git`,
          defaultBranch: "main",
          visibility,
          description,
          topics: [],
          // Whole seconds, as GitHub counts them.
          createdAt: new Date(Math.floor(clock.now().getTime() / 1000) * 1000),
          archived: false,
        };
        repositories.set(`${owner}/${name}`, { repository, commits: [], runs: [], hooks: [], actions: false });
        return structuredClone(repository);
      },
      async describeRepository(at, wanted) {
        Object.assign(held(at).repository, wanted);
      },
      async deleteRepository(at) {
        // GitHub follows an old name here too.
        const found = find(at.owner, at.name)?.repository;
        if (found) repositories.delete(`${found.owner}/${found.name}`);
      },
      async pushFirstCommit(at, { files, message }) {
        const content = files.map(({ path, content: bytes }) => `${path}\n${Buffer.from(bytes).toString()}`).join("\n");
        return { sha: commitTo(`${at.owner}/${at.name}`, held(at), message.split("\n")[0] ?? "", content) };
      },
      commit: async (at, ref) => {
        const { commits } = held(at);
        const byBranch = /^[0-9a-f]{7,40}$/.test(ref) ? undefined : commits.at(-1);
        const newest = byBranch ?? commits.find(({ sha }) => sha.startsWith(ref));
        if (!newest) return undefined;
        const { paths: _, ...commit } = newest;
        return structuredClone(commit);
      },
      workflow: async () => memory.workflow,
      async lineage(at, sha, limit) {
        const { commits } = held(at);
        const to = commits.findIndex((each) => each.sha === sha);
        return commits
          .slice(0, to + 1)
          .toReversed()
          .map((each) => each.sha)
          .slice(0, limit);
      },
      async changes(at, base, head) {
        const { commits } = held(at);
        const [from, to] = [base, head].map((sha) => commits.findIndex((each) => each.sha === sha));
        return commits.slice((from ?? 0) + 1, (to ?? 0) + 1).flatMap(({ paths }) => paths);
      },
      async manifests(at, sha) {
        const { commits } = held(at);
        const to = commits.findIndex((each) => each.sha === sha);
        const last = commits.slice(0, to + 1).findLast(({ paths }) => paths.some((path) => path.startsWith("k8s/")));
        return last && { tree: `tree-${last.sha}`, reachesOut: false };
      },
      async allowActions(at) {
        held(at).actions = true;
      },
      async ensureWebhook(at, { url, secret, events, before }) {
        const into = held(at);
        const ours = into.hooks.filter(
          (each) => each.id === before?.id || [url, ...(before?.urls ?? [])].includes(each.url),
        );
        const kept = ours.find((each) => each.url === url) ?? ours[0] ?? { id: ++ids };
        into.hooks = [...into.hooks.filter((each) => !ours.includes(each)), { id: kept.id, url, secret, events }];
        return { id: kept.id, pinged: memory.answer >= 200 && memory.answer < 300 };
      },
      async deleteWebhook(at, id) {
        const into = held(at);
        into.hooks = into.hooks.filter((each) => each.id !== id);
      },
      async lastDelivery(at, id) {
        if (!held(at).hooks.some((each) => each.id === id)) return "gone";
        return { event: "push", status: memory.answer, at: clock.now() };
      },
      async runs(at, of) {
        const into = held(at);
        advance(`${at.owner}/${at.name}`, into);
        return structuredClone(into.runs.filter(({ sha }) => sha === of.sha));
      },
      async jobs(at, runId) {
        const found = held(at).runs.find(({ id }) => id === runId);
        if (!found) return [];
        const { status, conclusion, url, startedAt } = found;
        return [
          {
            id: runId * 10,
            runId,
            name: "image",
            status,
            conclusion,
            url,
            startedAt,
            completedAt: null,
            steps: [{ name: "docker build", number: 1, status, conclusion }],
          },
        ];
      },
      jobLog: async () => ["npm error missing script: build"],
      async rerunFailedJobs(at, runId) {
        const found = held(at).runs.find(({ id }) => id === runId);
        if (!found || !["failure", "cancelled", "timed_out"].includes(found.conclusion ?? ""))
          throw new Problem("github-refused", {
            destiny: { kind: "person" },
            evidence: "This workflow is already running",
          });
        Object.assign(found, { status: "in_progress", conclusion: null, attempt: found.attempt + 1 });
        Object.assign(found, { createdAt: clock.now(), startedAt: clock.now(), updatedAt: clock.now() });
      },
      async cancelRun(at, runId) {
        const found = held(at).runs.find(({ id }) => id === runId);
        if (found?.status !== "completed") Object.assign(found ?? {}, { status: "completed", conclusion: "cancelled" });
      },
      async deletePackage(owner, name) {
        for (const each of [...packages]) if (each.startsWith(`ghcr.io/${owner}/${name}:`)) packages.delete(each);
      },
      cloneCredential: async () => ({ username: "x-access-token", password: "clone-token" }),
      invalidate: () => {},
    },
  };
  return memory;
}
