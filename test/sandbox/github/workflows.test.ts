import { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { judgeByOpenapi } from "./judge-by-openapi.ts";
import { pushFiles } from "./push-files.ts";
import { startTestGitHub, type TestGitHub } from "./start-test-github.ts";

let github: TestGitHub;
beforeAll(async () => {
  github = await startTestGitHub();
  judge = judgeByOpenapi(github.octokit);
});
let judge: ReturnType<typeof judgeByOpenapi>;
afterAll(async () => {
  await github[Symbol.asyncDispose]();
  expect(judge.complaints).toEqual([]);
});

const GATE = "gate";
const PATH = ".github/workflows";
/** Its one job waits until it is let through, so that it goes on for as long as a test wants. */
const gated = (more: string, on = "on: workflow_dispatch") =>
  `${on}\n${more}jobs: { one: { environment: ${GATE}, steps: [{ run: echo }] } }\n`;
const simple = (more = "", on = "on: { push: , workflow_dispatch: }") =>
  `${on}\n${more}jobs: { one: { steps: [{ run: echo }] } }\n`;

/** A repository with these workflows, and what happens to it. */
async function repository(name: string, workflows: Record<string, string>) {
  const files = Object.entries(workflows).map(([file, text]): [string, string] => [`${PATH}/${file}`, text]);
  const first = await pushFiles(github.octokit, name, { "README.md": "read", ...Object.fromEntries(files) });
  const at = { owner: "acme", repo: name };
  const { actions, repos, users } = github.octokit;
  const { data: ada } = await users.getAuthenticated();
  const reviewers = [{ type: "User" as const, id: ada.id }];
  await repos.createOrUpdateEnvironment({ ...at, environment_name: GATE, reviewers });
  let count = 0;
  const runs = async (filter: object = {}) => (await actions.listWorkflowRunsForRepo({ ...at, ...filter })).data;
  return {
    at,
    first,
    runs,
    /** A commit to main by the API, which is a push; gives the commit. */
    push: async (message: string, path = `notes/${count++}.md`) => {
      const content = Buffer.from(`${message} ${count}`).toString("base64");
      const { data } = await repos.createOrUpdateFileContents({ ...at, path, message, content });
      return data.commit.sha ?? "";
    },
    dispatch: async (workflow_id = "a.yml") => {
      await actions.createWorkflowDispatch({ ...at, workflow_id, ref: "main" });
      const { workflow_runs } = await runs({ event: "workflow_dispatch" });
      return workflow_runs[0]?.id ?? 0;
    },
    /** What waits at the gate of a run. */
    gate: async (run_id: number) => {
      const { data } = await actions.getPendingDeploymentsForRun({ ...at, run_id });
      const environment_ids = data.flatMap(({ environment }) => environment.id ?? []);
      const review = (state: "approved" | "rejected") =>
        actions.reviewPendingDeploymentsForRun({ ...at, run_id, environment_ids, state, comment: "" });
      return { data, review };
    },
    run: async (run_id: number) => {
      const { data } = await actions.getWorkflowRun({ ...at, run_id });
      return `${data.status} ${data.conclusion}`;
    },
    jobs: async (run_id: number) => {
      const { data } = await actions.listJobsForWorkflowRun({ ...at, run_id });
      return data.jobs.map(({ name, status, conclusion }) => `${name} ${status} ${conclusion}`);
    },
  };
}

const eventually = (look: () => Promise<unknown>) => expect.poll(look, { timeout: 45_000, interval: 25 });

test.each([
  ["Update [skip ci]", 0],
  ["Update\n\nand [ci skip] here", 0],
  ["[no ci] Update", 0],
  ["Update [skip actions]", 0],
  ["Update [actions skip]", 0],
  ["Update\n\n\nskip-checks: true", 0],
  ["Update\n\n\nCo-authored-by: Lin <lin@acme.test>\nskip-checks:true\n", 0],
  ["Update (skip ci)", 1],
  ["Update: skip-checks: true", 1],
  ["Update\n\nskip-checks: true\n\nReally.", 1],
])("a push whose last commit says %j starts %i runs", async (message, count) => {
  skipping ??= repository("skipping", { "a.yml": simple() });
  const { push, runs } = await skipping;
  const head_sha = await push(message);
  expect((await runs({ head_sha })).total_count).toBe(count);
});
let skipping: ReturnType<typeof repository> | undefined;

test("only the last commit of a push is asked, and nobody who starts a workflow by hand", async () => {
  const { at, push, runs, dispatch } = await repository("asked", { "a.yml": simple() });
  const skipped = await push("Release [skip ci]");
  const { git } = github.octokit;
  const { data: commit } = await git.getCommit({ ...at, commit_sha: skipped });
  const made = await git.createCommit({ ...at, message: "Then this", tree: commit.tree.sha, parents: [skipped] });
  await git.updateRef({ ...at, ref: "heads/main", sha: made.data.sha });
  expect((await runs({ head_sha: made.data.sha })).total_count).toBe(1);
  await push("Another [skip ci]");
  await dispatch();
  expect((await runs({ event: "workflow_dispatch" })).total_count).toBe(1);
});

test("each workflow file has runs of its own, asked for by file and commit, page by page", async () => {
  const { at, first, push } = await repository("several", {
    "image.yml": simple("", "name: Image\non: { push: { branches: [main] } }"),
    "docs.yaml": simple("", "on: { push: { paths: [docs/**] } }"),
    "lint.yml": simple("", "on: { push: { paths-ignore: ['docs/**', '*.md'] } }"),
    "release.yml": simple("", "on: { push: { tags: [v*] } }"),
  });
  const { actions } = github.octokit;
  const of = async (workflow_id: string, filter: object = {}) =>
    (await actions.listWorkflowRuns({ ...at, workflow_id, ...filter })).data;
  const docs = await push("Docs", "docs/index.md");
  const code = await push("Code", "src/index.ts");
  const started = async (head_sha: string) =>
    (await actions.listWorkflowRunsForRepo({ ...at, head_sha })).data.workflow_runs.map(({ path }) => path).toSorted();
  expect(await started(docs)).toEqual([`${PATH}/docs.yaml`, `${PATH}/image.yml`]);
  expect(await started(code)).toEqual([`${PATH}/image.yml`, `${PATH}/lint.yml`]);
  const [image] = (await of("image.yml", { head_sha: docs })).workflow_runs;
  expect(image).toMatchObject({ name: "Image", path: `${PATH}/image.yml`, head_sha: docs, run_number: 2 });
  const { data: workflow } = await actions.getWorkflow({ ...at, workflow_id: "image.yml" });
  expect(image?.workflow_id).toBe(workflow.id);
  expect((await of("image.yml", { head_sha: first })).total_count).toBe(1);
  expect((await of("docs.yaml", { head_sha: code })).total_count).toBe(0);
  await expect(of("nothing.yml")).rejects.toMatchObject({ status: 404 });
  const page = await actions.listWorkflowRuns({ ...at, workflow_id: "image.yml", per_page: 1, page: 2 });
  expect(page.data).toMatchObject({ total_count: 3, workflow_runs: [{ head_sha: docs }] });
  expect(page.headers.link).toMatch(
    /page=1>; rel="prev", .*page=3>; rel="next", .*page=3>; rel="last", .*page=1>; rel="first"/,
  );
  const pages = new Octokit({ baseUrl: github.apiUrl, auth: github.token });
  const all = await pages.paginate(pages.actions.listWorkflowRuns, { ...at, workflow_id: "image.yml", per_page: 1 });
  expect(all.map(({ head_sha }) => head_sha)).toEqual([code, docs, first]);
});

test("in a group one runs and one waits: a third takes the place of the one that waits", async () => {
  const { dispatch, run, jobs, gate } = await repository("group", {
    "a.yml": gated(`concurrency: \${{ github.workflow }}-\${{ github.ref }}\n`, "name: Deploy\non: workflow_dispatch"),
    "b.yml": gated("concurrency: { group: DEPLOY-refs/heads/main }\n"),
    "c.yml": simple("concurrency: other\n"),
  });
  const first = await dispatch();
  await eventually(() => run(first)).toBe("waiting null");
  const second = await dispatch();
  await eventually(() => run(second)).toBe("pending null");
  expect(await jobs(second)).toEqual([]);
  const elsewhere = await dispatch("c.yml");
  await eventually(() => run(elsewhere)).toBe("completed success");
  const third = await dispatch("b.yml");
  await eventually(() => run(second)).toBe("completed cancelled");
  expect(await jobs(second)).toEqual([]);
  expect([await run(first), await run(third)]).toEqual(["waiting null", "pending null"]);
  await (await gate(first)).review("approved");
  await eventually(() => run(first)).toBe("completed success");
  await eventually(() => run(third)).toBe("waiting null");
  await (await gate(third)).review("approved");
  await eventually(() => run(third)).toBe("completed success");
});

test("a group that cancels what runs ends it and its jobs, and the newest runs", async () => {
  const { dispatch, run, jobs, gate } = await repository("newest", {
    "a.yml": gated("concurrency: { group: one, cancel-in-progress: true }\n"),
    "b.yml": gated(`concurrency: { group: one, cancel-in-progress: "\${{ github.ref != 'refs/heads/main' }}" }\n`),
  });
  const first = await dispatch();
  await eventually(() => jobs(first)).toEqual(["one waiting null"]);
  const second = await dispatch();
  await eventually(() => run(first)).toBe("completed cancelled");
  expect(await jobs(first)).toEqual(["one completed cancelled"]);
  await eventually(() => run(second)).toBe("waiting null");
  const patient = await dispatch("b.yml");
  await eventually(() => run(patient)).toBe("pending null");
  expect(await run(second)).toBe("waiting null");
  await (await gate(second)).review("approved");
  await eventually(() => run(patient)).toBe("waiting null");
});

test("a run that has begun is cut short by the next one of its group", async () => {
  // As slow as the world is: the first is in its steps for minutes.
  await using slow = await startTestGitHub({ speed: 0.1 });
  const at = { owner: "acme", repo: "slow" };
  const { actions } = slow.octokit;
  await pushFiles(slow.octokit, "slow", {
    [`${PATH}/a.yml`]: simple("concurrency: { group: one, cancel-in-progress: true }\n", "on: workflow_dispatch"),
  });
  const dispatch = async () => {
    await actions.createWorkflowDispatch({ ...at, workflow_id: "a.yml", ref: "main" });
    return (await actions.listWorkflowRunsForRepo(at)).data.workflow_runs[0]?.id ?? 0;
  };
  const run = async (run_id: number) => (await actions.getWorkflowRun({ ...at, run_id })).data;
  const first = await dispatch();
  await eventually(() => run(first)).toMatchObject({ status: "in_progress" });
  await dispatch();
  await eventually(() => run(first)).toMatchObject({ status: "completed", conclusion: "cancelled" });
  const { jobs } = (await actions.listJobsForWorkflowRun({ ...at, run_id: first })).data;
  expect(jobs).toMatchObject([{ name: "one", status: "completed", conclusion: "cancelled" }]);
});

test("a job has a group too: only it waits, and only it is displaced", async () => {
  const { dispatch, run, jobs, gate } = await repository("jobs", {
    "a.yml": `on: workflow_dispatch
jobs:
  build: { steps: [{ run: echo }] }
  deploy: { needs: build, concurrency: { group: "deploy-\${{ needs.build.result }}" }, steps: [{ run: echo }] }
`,
    "b.yml": `on: workflow_dispatch
concurrency: deploy-success
${gated("", "")}`,
  });
  const holder = await dispatch("b.yml");
  await eventually(() => run(holder)).toBe("waiting null");
  const first = await dispatch();
  await eventually(() => jobs(first)).toEqual(["build completed success", "deploy pending null"]);
  expect(await run(first)).toBe("pending null");
  const second = await dispatch();
  await eventually(() => run(first)).toBe("completed cancelled");
  expect(await jobs(first)).toEqual(["build completed success", "deploy completed cancelled"]);
  await eventually(() => jobs(second)).toEqual(["build completed success", "deploy pending null"]);
  await (await gate(holder)).review("approved");
  await eventually(() => run(second)).toBe("completed success");
});

test("a run that waits is cancelled as any other", async () => {
  const { at, dispatch, run, gate } = await repository("waits", { "a.yml": gated("concurrency: one\n") });
  const first = await dispatch();
  await eventually(() => run(first)).toBe("waiting null");
  const second = await dispatch();
  await eventually(() => run(second)).toBe("pending null");
  await github.octokit.actions.cancelWorkflowRun({ ...at, run_id: second });
  await eventually(() => run(second)).toBe("completed cancelled");
  const third = await dispatch();
  await eventually(() => run(third)).toBe("pending null");
  await (await gate(first)).review("approved");
  await eventually(() => run(third)).toBe("waiting null");
});

test("a job whose environment has reviewers waits for them", async () => {
  const { at, dispatch, run, jobs, gate } = await repository("reviewed", { "a.yml": gated("") });
  const waits = async () => {
    const id = await dispatch();
    await eventually(() => run(id)).toBe("waiting null");
    expect(await jobs(id)).toEqual(["one waiting null"]);
    const { data, review } = await gate(id);
    expect(data).toMatchObject([{ environment: { name: GATE }, reviewers: [{ reviewer: { login: "ada" } }] }]);
    return { id, review };
  };
  const first = await waits();
  await first.review("approved");
  await eventually(() => run(first.id)).toBe("completed success");
  await expect(first.review("approved")).rejects.toMatchObject({ status: 422 });
  const second = await waits();
  await second.review("rejected");
  await eventually(() => run(second.id)).toBe("completed failure");
  const third = await waits();
  await github.octokit.actions.cancelWorkflowRun({ ...at, run_id: third.id });
  await eventually(() => run(third.id)).toBe("completed cancelled");
});

test("a run that cannot start, and one that ends as a control says", async () => {
  const { first, runs, dispatch, run } = await repository("ends", {
    "a.yml": simple(),
    "calls.yml": "on: push\njobs: { one: { uses: ./.github/workflows/nothing.yml } }\n",
    "broken.yml": "on: push\njobs: [\n",
  });
  const conclusions = (await runs({ head_sha: first })).workflow_runs.map(({ path, conclusion }) => [path, conclusion]);
  expect(conclusions).toContainEqual([`${PATH}/calls.yml`, "startup_failure"]);
  expect(conclusions).toContainEqual([`${PATH}/broken.yml`, "failure"]);
  github.control.endNextRun("action_required");
  const held = await dispatch();
  await eventually(() => run(held)).toBe("completed action_required");
  expect((await runs({ status: "action_required" })).total_count).toBe(1);
});
