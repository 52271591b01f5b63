import { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GitHub, RepositoryName } from "../../src/project/ports/github.ts";
import { type Sandbox, startSandbox } from "./start-sandbox.ts";

const NOBODY = "0".repeat(40);
const workflow = (name: string) =>
  `name: ${name}\non: { push: , workflow_dispatch: }\njobs: { one: { steps: [{ run: echo }] } }\n`;

let sandbox: Sandbox;
let github: GitHub;
let octokit: Octokit;

beforeAll(async () => {
  sandbox = await startSandbox();
  github = sandbox.client();
  octokit = new Octokit({ baseUrl: sandbox.part.apiUrl, auth: sandbox.part.token });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

/** A repository, and commits put into it one by one; a file that is null goes, one that begins with `->` is a link. */
async function repository(name: string) {
  const at: RepositoryName = { owner: "acme", name };
  const repo = { owner: "acme", repo: name };
  await octokit.repos.createInOrg({ org: "acme", name, auto_init: true });
  const { data: main } = await octokit.git.getRef({ ...repo, ref: "heads/main" });
  const first = main.object.sha;

  async function commit(files: Record<string, string | null>, parents: string[], message = "Change"): Promise<string> {
    const { data: tree } = await octokit.git.createTree({
      ...repo,
      ...(parents[0] === undefined ? {} : { base_tree: parents[0] }),
      tree: Object.entries(files).map(([path, content]) => {
        if (content === null) return { path, mode: "100644" as const, type: "blob" as const, sha: null };
        const link = content.startsWith("->");
        return { path, mode: link ? "120000" : "100644", type: "blob" as const, content: content.replace("->", "") };
      }),
    });
    const { data } = await octokit.git.createCommit({ ...repo, tree: tree.sha, message, parents });
    return data.sha;
  }
  const move = (sha: string) => octokit.git.updateRef({ ...repo, ref: "heads/main", sha, force: true });
  return { at, repo, first, commit, move };
}

describe("runs", () => {
  test("are of one workflow and one commit, whatever else ran, and on all pages", async () => {
    const { at, repo, first, commit, move } = await repository("runs");
    const files = { ".github/workflows/build.yml": workflow("build"), ".github/workflows/docs.yml": workflow("docs") };
    const sha = await commit(files, [first]);
    await move(sha);
    for (let more = 0; more < 100; more += 1)
      await octokit.actions.createWorkflowDispatch({ ...repo, workflow_id: "build.yml", ref: "main" });
    await octokit.actions.createWorkflowDispatch({ ...repo, workflow_id: "docs.yml", ref: "main" });
    const next = await commit({ "README.md": "more" }, [sha]);
    await move(next);

    const runs = await github.runs(at, { workflow: "build.yml", sha });
    expect(runs).toHaveLength(101);
    expect(new Set(runs.map(({ id }) => id)).size).toBe(101);
    expect(new Set(runs.map((run) => `${run.name} ${run.sha}`))).toEqual(new Set([`build ${sha}`]));
    expect(runs.map(({ number }) => number)).toEqual(runs.map(({ number }) => number).toSorted((a, b) => b - a));
    expect(await github.runs(at, { workflow: "docs.yml", sha })).toHaveLength(2);
    expect(await github.runs(at, { workflow: "build.yml", sha: next })).toMatchObject([{ sha: next, event: "push" }]);
  });

  test("are none of a workflow that is not there, or of a commit that nobody knows", async () => {
    const { at, first } = await repository("no-runs");
    expect(await github.runs(at, { workflow: "build.yml", sha: first })).toEqual([]);
    expect(await github.runs({ owner: "acme", name: "runs" }, { workflow: "build.yml", sha: NOBODY })).toEqual([]);
  });
});

test("a workflow is active, disabled or missing", async () => {
  const { at, repo, first, commit, move } = await repository("workflow");
  expect(await github.workflow(at, "build.yml")).toBe("missing");
  await move(await commit({ ".github/workflows/build.yml": workflow("build") }, [first]));
  expect(await github.workflow(at, "build.yml")).toBe("active");
  await octokit.actions.disableWorkflow({ ...repo, workflow_id: "build.yml" });
  expect(await github.workflow(at, "build.yml")).toBe("disabled");
});

test("a commit tells whether its message, of which the first line is kept, asks for no run", async () => {
  const { at, first, commit } = await repository("skips");
  const plain = await commit({ "a.txt": "a" }, [first]);
  const skipped = await commit({ "b.txt": "b" }, [plain], "Fix a typo\n\nNothing to build. [skip ci]");
  expect(await github.commit(at, plain)).not.toHaveProperty("skipsWorkflows");
  expect(await github.commit(at, skipped)).toMatchObject({ title: "Fix a typo", skipsWorkflows: true });
});

describe("lineage", () => {
  test("goes by first parents, nearest first: what was merged in is of another line", async () => {
    const { at, first, commit } = await repository("lineage");
    const second = await commit({ "a.txt": "a" }, [first]);
    const side = await commit({ "b.txt": "b" }, [first]);
    const more = await commit({ "c.txt": "c" }, [side]);
    const merged = await commit({ "d.txt": "d" }, [second, more]);
    const last = await commit({ "e.txt": "e" }, [merged]);
    expect(await github.lineage(at, last, 20)).toEqual([last, merged, second, first]);
    expect(await github.lineage(at, last, 2)).toEqual([last, merged]);
    expect(await github.lineage(at, more, 20)).toEqual([more, side, first]);
  });

  test("of a commit that nobody knows is none", async () => {
    expect(await github.lineage({ owner: "acme", name: "lineage" }, NOBODY, 20)).toEqual([]);
  });
});

describe("changes", () => {
  test("are all paths that differ, also what has gone", async () => {
    const { at, first, commit } = await repository("changes");
    const base = await commit({ "k8s/a.yaml": "a", "server.js": "1", "old.txt": "o" }, [first]);
    const middle = await commit({ "k8s/a.yaml": "b" }, [base]);
    const head = await commit({ "k8s/sub/b.yaml": "b", "old.txt": null }, [middle]);
    expect((await github.changes(at, base, head))?.toSorted()).toEqual(["k8s/a.yaml", "k8s/sub/b.yaml", "old.txt"]);
    expect(await github.changes(at, base, base)).toEqual([]);
  });

  test("of more paths than GitHub tells are not known, nor those of a commit that it has not", async () => {
    const { at, first, commit } = await repository("many-changes");
    const files = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`k8s/${index}.yaml`, "a"]));
    expect(await github.changes(at, first, await commit(files, [first]))).toBeUndefined();
    expect(await github.changes(at, first, NOBODY)).toBeUndefined();
  });
});

describe("manifests", () => {
  test("are the same for as long as k8s/ is, whatever else changes", async () => {
    const { at, first, commit } = await repository("manifests");
    const base = await commit({ "k8s/base/kustomization.yaml": "resources: [a.yaml]\n", "k8s/base/a.yaml": "a" }, [
      first,
    ]);
    const app = await commit({ "server.js": "1", "docs/k8s/a.yaml": "a" }, [base]);
    const changed = await commit({ "k8s/base/a.yaml": "b" }, [app]);
    const back = await commit({ "k8s/base/a.yaml": "a" }, [changed]);
    const of = async (sha: string) => github.manifests(at, sha);
    expect(await of(base)).toEqual({ tree: expect.stringMatching(/^[0-9a-f]{40}$/), reachesOut: false });
    expect(await of(app)).toEqual(await of(base));
    expect((await of(changed))?.tree).not.toBe((await of(base))?.tree);
    expect(await of(back)).toEqual(await of(base));
  });

  test("are none of a commit without k8s/, where that is a file, or of one that nobody knows", async () => {
    const { at, first, commit } = await repository("no-manifests");
    expect(await github.manifests(at, first)).toBeUndefined();
    expect(await github.manifests(at, await commit({ k8s: "a file" }, [first]))).toBeUndefined();
    expect(await github.manifests(at, NOBODY)).toBeUndefined();
  });

  test.each<[string, boolean, Record<string, string>]>([
    ["its own base", false, { "k8s/overlays/p/kustomization.yaml": "resources: [../../base]\n" }],
    ["a directory beside k8s/", true, { "k8s/overlays/p/kustomization.yaml": "resources: [../../../shared]\n" }],
    ["the same by a longer way", true, { "k8s/overlays/p/kustomization.yaml": "resources: [./../../../shared]\n" }],
    ["the same from its middle", true, { "k8s/base/kustomization.yaml": "resources: [a/../../../shared]\n" }],
    [
      "a file of the application",
      true,
      { "k8s/base/kustomization.yml": "configMapGenerator: [{ name: a, files: [a=../../.env] }]\n" },
    ],
    [
      "a base at a URL",
      true,
      { "k8s/base/kustomization.yaml": "resources: ['https://github.com/acme/base//k8s?ref=v1']\n" },
    ],
    [
      "a base by git's own way",
      true,
      { "k8s/base/Kustomization": "resources: ['git::ssh://git@example.com/base.git//k8s']\n" },
    ],
    [
      "a base at another host",
      true,
      { "k8s/base/kustomization.yaml": "resources: [git.example.com/acme/base//k8s]\n" },
    ],
    [
      "a value that is a URL",
      false,
      {
        "k8s/base/kustomization.yaml": "configMapGenerator: [{ name: a, literals: ['API=https://api.example.com'] }]\n",
      },
    ],
    [
      "an image",
      false,
      { "k8s/base/kustomization.yaml": "images: [{ name: app, newName: ghcr.io/acme/rrr, newTag: a }]\n" },
    ],
    [
      "a link out of it",
      true,
      { "k8s/base/kustomization.yaml": "resources: [a.yaml]\n", "k8s/base/a.yaml": "->../../a.yaml" },
    ],
    ["a kustomization that does not read as YAML", true, { "k8s/base/kustomization.yaml": "resources: [" }],
  ])("that refer to %s reach out of k8s/: %s", async (name, reachesOut, files) => {
    const { at, first, commit } = await repository(name.replaceAll(/\W+/g, "-"));
    expect(await github.manifests(at, await commit(files, [first]))).toMatchObject({ reachesOut });
  });
});
