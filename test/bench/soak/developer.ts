import { Octokit } from "@octokit/rest";
import type { Sandbox } from "../../../src/sandbox/sandbox.ts";

export interface Seen {
  launched: number;
  live: number;
  pushed: number;
  deployed: number;
  /** What has not arrived. */
  missing: string[];
}

export interface Developer {
  launch(): Promise<void>;
  /** A commit to one of the live projects, each in turn. */
  push(): Promise<void>;
  look(): void;
  launched(): number;
  seen(): Seen;
}

interface Launched {
  name: string;
  live: boolean;
  /** Newest last; an overtaken one needs not arrive. */
  commits: { sha: string; deployed: boolean; overtaken: boolean }[];
}

/** Launches and pushes, and looks in the cluster, not in what the bot says, whether it arrived. */
export function createDeveloper(sandbox: Sandbox, say: (line: string) => void): Developer {
  const { workspace } = sandbox.slack;
  const store = sandbox.cluster.simulated?.store;
  if (!store) throw new Error("the soak is of the simulated cluster");
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  const octokit = new Octokit({ baseUrl: sandbox.github.apiUrl, auth: sandbox.github.token, log: quiet });
  const projects: Launched[] = [];
  let turn = 0;

  const imageOf = (name: string) => {
    const deployments = store.list("apps/v1", "Deployment", { namespace: name });
    return JSON.stringify(deployments.map(({ spec }) => spec));
  };
  return {
    async launch() {
      const name = `soak${projects.length + 1}`;
      projects.push({ name, live: false, commits: [] });
      say(`launching ${name}`);
      await workspace.say({
        person: workspace.you,
        channel: "launches",
        text: `/project create ${name} template=node-service`,
      });
    },
    async push() {
      const live = projects.filter((project) => project.live);
      const project = live[turn++ % Math.max(1, live.length)];
      if (!project) return;
      const { data } = await octokit.repos.createOrUpdateFileContents({
        owner: "acme",
        repo: project.name,
        path: `notes/${turn}.md`,
        message: `Note ${turn}`,
        content: Buffer.from(`${turn}\n`).toString("base64"),
      });
      for (const commit of project.commits) commit.overtaken ||= !commit.deployed;
      project.commits.push({ sha: data.commit.sha ?? "", deployed: false, overtaken: false });
    },
    look() {
      for (const { metadata, status } of store.list("slipway.dev/v1alpha1", "Project")) {
        const project = projects.find(({ name }) => name === metadata.name);
        const live = typeof status === "object" && status !== null && "phase" in status && status.phase === "Live";
        if (project && live) project.live = true;
      }
      for (const { name, commits } of projects) {
        const waiting = commits.filter(({ deployed, overtaken }) => !deployed && !overtaken);
        if (waiting.length === 0) continue;
        const image = imageOf(name);
        for (const commit of waiting) commit.deployed = image.includes(commit.sha.slice(0, 12));
      }
    },
    launched: () => projects.length,
    seen: () => {
      const commits = projects.flatMap(({ name, commits }) => commits.map((commit) => ({ ...commit, name })));
      return {
        launched: projects.length,
        live: projects.filter(({ live }) => live).length,
        pushed: commits.length,
        deployed: commits.filter(({ deployed }) => deployed).length,
        missing: [
          ...projects.filter(({ live }) => !live).map(({ name }) => `${name} is not live`),
          ...commits
            .filter(({ deployed, overtaken }) => !deployed && !overtaken)
            .map(({ name, sha }) => `${name} did not get ${sha.slice(0, 12)}`),
        ],
      };
    },
  };
}
