import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LEAKED } from "../../../src/sandbox/github/control.ts";
import { pushFiles, WORKFLOW } from "./push-files.ts";
import { startTestGitHub, type TestGitHub } from "./start-test-github.ts";
import { untilRunEnds } from "./until-run-ends.ts";

let github: TestGitHub;
beforeAll(async () => {
  github = await startTestGitHub();
});
afterAll(async () => await github[Symbol.asyncDispose]());

async function launch(name: string, workflow: string, from: TestGitHub = github) {
  const head_sha = await pushFiles(from.octokit, name, {
    ".github/workflows/build.yml": workflow,
    Dockerfile: "FROM node:24\nCOPY . .\nRUN npm ci\n",
  });
  const at = { owner: "acme", repo: name };
  const ended = async () => {
    const run = await untilRunEnds(from.octokit, at, { head_sha });
    const { jobs } = (await from.octokit.actions.listJobsForWorkflowRun({ ...at, run_id: run.id })).data;
    const log = async (job: string) => {
      const { data } = await from.octokit.actions.downloadJobLogsForWorkflowRun({
        ...at,
        job_id: jobs.find((one) => one.name === job)?.id ?? 0,
      });
      // The client's types do not know what comes after the redirect: plain text.
      return String(data);
    };
    return { run, jobs, log, outcome: jobs.map((job) => `${job.name} ${job.conclusion}`) };
  };
  return { at, head_sha, ended };
}

function tags(of: TestGitHub, name: string): string[] | undefined {
  return of
    .overview()
    .repositories.find((one) => one.fullName === `acme/${name}`)
    ?.images.flatMap((image) => image.tags);
}

test("a failing build shows its step and lines, and re-running the failed jobs makes it good", async () => {
  github.control.failNextBuild();
  const { at, head_sha, ended } = await launch("rrr", WORKFLOW);
  const first = await ended();
  expect(first.run.conclusion).toBe("failure");
  expect(first.outcome).toEqual(["test success", "image failure"]);
  const image = first.jobs[1];
  expect(image?.steps?.filter((step) => step.conclusion === "failure").map((step) => step.name)).toEqual([
    "Build and push",
  ]);
  const log = await first.log("image");
  expect(log).toContain("error TS2322");
  expect(log).toContain(LEAKED);
  expect(log).toContain("##[error]Process completed with exit code 1.");
  expect(tags(github, "rrr")).toEqual([]);

  await github.octokit.actions.reRunWorkflowFailedJobs({ ...at, run_id: first.run.id });
  const second = await ended();
  expect(second.run).toMatchObject({ id: first.run.id, run_attempt: 2, conclusion: "success" });
  expect(second.outcome).toEqual(["test success", "image success"]);
  expect(second.jobs[0]?.started_at).toBe(first.jobs[0]?.started_at);
  expect(tags(github, "rrr")).toEqual([head_sha.slice(0, 12)]);
});

test("a step is failed by its name, and the jobs that need it are skipped", async () => {
  github.control.failNextBuild({ step: "Test", lines: ["✖ adds two numbers"] });
  const { ended } = await launch("tested", WORKFLOW);
  const { outcome, log } = await ended();
  expect(outcome).toEqual(["test failure", "image skipped"]);
  expect(await log("test")).toContain("✖ adds two numbers");
});

test("without packages: write the push is denied in ghcr's words", async () => {
  const { ended } = await launch(
    "denied",
    WORKFLOW.replace("packages: write", "packages: read").replaceAll("acme/rrr", "acme/denied"),
  );
  const { run, log } = await ended();
  expect(run.conclusion).toBe("failure");
  expect(await log("image")).toContain("denied: installation not allowed to Create organization package");
});

test("a matrix, conditions, outputs and docker in a script", async () => {
  const workflow = `on: push
permissions: { packages: write }
jobs:
  lint:
    strategy: { matrix: { node: [22, 24], include: [{ node: 26, next: true }] } }
    name: Lint \${{ matrix.node }}
    steps: [{ run: npm run lint }]
  never:
    if: github.ref == 'refs/heads/other'
    steps: [{ run: echo }]
  name:
    outputs: { image: "\${{ steps.one.outputs.image }}" }
    steps:
      - id: one
        run: |
          owner=\${GITHUB_REPOSITORY_OWNER,,}
          echo "image=ghcr.io/$owner/matrix:\${GITHUB_SHA::12}" >> "$GITHUB_OUTPUT"
  build:
    needs: [lint, name]
    steps:
      - run: docker build -t \${{ needs.name.outputs.image }} -t ghcr.io/acme/matrix:latest . && docker push --all-tags ghcr.io/acme/matrix
`;
  const { head_sha, ended } = await launch("matrix", workflow);
  const { outcome, log } = await ended();
  expect(outcome.sort()).toEqual([
    "Lint 22 success",
    "Lint 24 success",
    "Lint 26 success",
    "build success",
    "name success",
    "never skipped",
  ]);
  expect(tags(github, "matrix")?.sort()).toEqual([head_sha.slice(0, 12), "latest"]);
  expect(await log("build")).toContain("#4 [3/3] RUN npm ci");
});

test("an image reference that Docker would refuse fails the build", async () => {
  const { ended } = await launch("upper", WORKFLOW.replaceAll("acme/rrr", "Acme/Upper"));
  const { log } = await ended();
  expect(await log("image")).toContain("invalid reference format");
});

test("where Actions is disabled nothing runs; enabled, it can be dispatched", async () => {
  github.control.disableActionsForNewRepositories(true);
  const { at, head_sha } = await launch("quiet", WORKFLOW);
  github.control.disableActionsForNewRepositories(false);
  const { octokit } = github;
  expect((await octokit.actions.listWorkflowRunsForRepo({ ...at, head_sha })).data.total_count).toBe(0);
  const dispatch = async () =>
    await octokit.actions.createWorkflowDispatch({ ...at, workflow_id: "build.yml", ref: "main" });
  await expect(dispatch()).rejects.toMatchObject({ status: 403 });
  await octokit.actions.setGithubActionsPermissionsRepository({ ...at, enabled: true });
  await dispatch();
  expect((await untilRunEnds(octokit, at)).event).toBe("workflow_dispatch");
});

test("a file that is no workflow fails at once, without jobs", async () => {
  const { ended } = await launch("broken", "on: push\njobs: [");
  expect(await ended()).toMatchObject({ run: { conclusion: "failure" }, jobs: [] });
});

test("a run takes minutes of simulated time, is seen on its way, and can be cancelled", async () => {
  await using slow = await startTestGitHub({ speed: 150 });
  const started = Date.now();
  const { at, head_sha, ended } = await launch("rrr", WORKFLOW, slow);
  const list = async () =>
    (await slow.octokit.actions.listWorkflowRunsForRepo({ ...at, head_sha })).data.workflow_runs[0];
  await expect.poll(async () => (await list())?.status, { interval: 20 }).toBe("in_progress");
  const { jobs } = (await slow.octokit.actions.listJobsForWorkflowRun({ ...at, run_id: (await list())?.id ?? 0 })).data;
  expect(jobs.map((job) => job.name)).toEqual(["test"]);
  expect(await ended()).toMatchObject({ run: { conclusion: "success" } });
  const minutes = ((Date.now() - started) * 150) / 60_000;
  expect(minutes).toBeGreaterThan(2.5);

  await slow.octokit.actions.createWorkflowDispatch({ ...at, workflow_id: "build.yml", ref: "main" });
  const second = await list();
  await slow.octokit.actions.cancelWorkflowRun({ ...at, run_id: second?.id ?? 0 });
  expect(await untilRunEnds(slow.octokit, at)).toMatchObject({ id: second?.id, conclusion: "cancelled" });
});

test("a real builder gets a checkout and the image's name, and its words are the log", async () => {
  const folder = github.dataDir;
  const builder = join(folder, "builder");
  // Pushes nothing; that a build pushes for real is the registry's test.
  await writeFile(
    builder,
    '#!/bin/sh\necho "flag $1"; shift\necho "image $2"\nls "$1"\ntest -s "$REGISTRY_AUTH_FILE" && echo "has credentials"\n[ ! -e "$1/FAIL" ]\n',
  );
  await chmod(builder, 0o755);
  await using real = await startTestGitHub({ build: `${builder} --quick` });
  const good = await (await launch("rrr", WORKFLOW, real)).ended();
  expect(good.run.conclusion).toBe("success");
  const log = await good.log("image");
  for (const said of [
    "flag --quick",
    `image ${new URL(real.registryUrl).host}/acme/rrr:${good.run.head_sha.slice(0, 12)}`,
    "Dockerfile",
    "has credentials",
  ]) {
    expect(log).toContain(said);
  }
  const at = { owner: "acme", repo: "rrr" };
  await real.octokit.repos.createOrUpdateFileContents({ ...at, path: "FAIL", message: "Fail", content: btoa("x") });
  expect((await untilRunEnds(real.octokit, at)).conclusion).toBe("failure");
});
