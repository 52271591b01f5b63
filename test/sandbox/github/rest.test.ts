import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { restCoverage } from "../../../src/sandbox/github/coverage.ts";
import { routes } from "../../../src/sandbox/github/rest/routes.ts";
import { type Judge, judgeByOpenapi } from "./judge-by-openapi.ts";
import { pushFiles, WORKFLOW } from "./push-files.ts";
import { startTestGitHub, type TestGitHub } from "./start-test-github.ts";
import { untilRunEnds } from "./until-run-ends.ts";

let github: TestGitHub;
let octokit: Octokit;
let judge: Judge;
const at = { owner: "acme", repo: "rrr" };

beforeAll(async () => {
  github = await startTestGitHub();
  ({ octokit } = github);
  judge = judgeByOpenapi(octokit);
});
afterAll(async () => await github[Symbol.asyncDispose]());

function asApp(): Octokit {
  const { id: appId, privateKey } = github.app;
  const app = new Octokit({
    baseUrl: github.apiUrl,
    authStrategy: createAppAuth,
    auth: { appId, privateKey },
    log: github.quiet,
  });
  judgeByOpenapi(app, judge);
  return app;
}

test("repositories and git data answer as GitHub describes them", async () => {
  const sha = await pushFiles(octokit, "rrr", {
    "README.md": "# rrr\n",
    "k8s/base/app.yaml": "a: 1\n",
    ".github/workflows/build.yml": WORKFLOW,
  });
  expect((await octokit.repos.get(at)).data).toMatchObject({
    full_name: "acme/rrr",
    default_branch: "main",
    visibility: "public",
  });
  await octokit.repos.update({ ...at, description: "An app", homepage: "https://rrr.example.com" });
  await octokit.repos.replaceAllTopics({ ...at, names: ["slipway", "nextjs"] });
  expect((await octokit.repos.getAllTopics(at)).data.names).toEqual(["slipway", "nextjs"]);
  expect((await octokit.repos.listForOrg({ org: "acme" })).data).toHaveLength(1);

  const file = await octokit.repos.getContent({ ...at, path: "k8s/base/app.yaml" });
  expect(file.data).toMatchObject({ type: "file", encoding: "base64", content: `${btoa("a: 1\n")}\n` });
  expect((await octokit.repos.getContent({ ...at, path: "k8s" })).data).toMatchObject([
    { type: "dir", path: "k8s/base" },
  ]);
  await octokit.repos.getReadme(at);
  const put = await octokit.repos.createOrUpdateFileContents({
    ...at,
    path: "docs/a b.md",
    message: "Docs",
    content: btoa("hi"),
  });
  expect(put.status).toBe(201);
  await octokit.repos.deleteFile({ ...at, path: "docs/a b.md", message: "No docs", sha: put.data.content?.sha ?? "" });

  expect((await octokit.repos.listBranches(at)).data).toMatchObject([{ name: "main" }]);
  await octokit.repos.getBranch({ ...at, branch: "main" });
  const commits = await octokit.repos.listCommits(at);
  expect(commits.data.map((one) => one.commit.message)).toEqual(["No docs", "Docs", "Launch"]);
  expect((await octokit.repos.getCommit({ ...at, ref: sha })).data.stats).toEqual({
    total: WORKFLOW.split("\n").length + 1,
    additions: WORKFLOW.split("\n").length + 1,
    deletions: 0,
  });
  expect((await octokit.repos.compareCommitsWithBasehead({ ...at, basehead: `${sha}...main` })).data).toMatchObject({
    status: "ahead",
    ahead_by: 2,
  });

  const blob = await octokit.git.createBlob({ ...at, content: btoa("\0bin"), encoding: "base64" });
  expect(atob((await octokit.git.getBlob({ ...at, file_sha: blob.data.sha })).data.content.trim())).toBe("\0bin");
  const base = await octokit.git.getTree({ ...at, tree_sha: sha, recursive: "1" });
  expect(base.data.tree.filter((one) => one.type === "blob").map((one) => one.path)).toEqual([
    ".github/workflows/build.yml",
    "README.md",
    "k8s/base/app.yaml",
  ]);
  const tree = await octokit.git.createTree({
    ...at,
    base_tree: sha,
    tree: [
      { path: "run.sh", mode: "100755", type: "blob", sha: blob.data.sha },
      { path: "README.md", mode: "100644", type: "blob", sha: null },
    ],
  });
  expect(tree.data.tree.map((one) => one.path)).toEqual([".github", "k8s", "run.sh"]);
  const commit = await octokit.git.createCommit({ ...at, message: "Two\n\nbody", tree: tree.data.sha, parents: [sha] });
  expect((await octokit.git.getCommit({ ...at, commit_sha: commit.data.sha })).data).toMatchObject({
    message: "Two\n\nbody",
    parents: [{ sha }],
  });
  await octokit.git.createRef({ ...at, ref: "refs/heads/feature/one", sha: commit.data.sha });
  expect((await octokit.git.getRef({ ...at, ref: "heads/feature/one" })).data.object.sha).toBe(commit.data.sha);
  expect((await octokit.git.listMatchingRefs({ ...at, ref: "heads/fea" })).data).toHaveLength(1);
  await expect(octokit.git.updateRef({ ...at, ref: "heads/feature/one", sha: base.data.sha })).rejects.toThrow(
    "Update is not a fast forward",
  );
  await octokit.git.updateRef({ ...at, ref: "heads/feature/one", sha, force: true });
  await octokit.git.deleteRef({ ...at, ref: "heads/feature/one" });
  await octokit.repos.listTags(at);
});

test("Actions: permissions, workflows, runs, jobs, logs", async () => {
  await octokit.actions.setGithubActionsPermissionsRepository({ ...at, enabled: true, allowed_actions: "all" });
  expect((await octokit.actions.getGithubActionsPermissionsRepository(at)).data).toMatchObject({
    enabled: true,
    allowed_actions: "all",
  });
  await octokit.actions.setGithubActionsDefaultWorkflowPermissionsRepository({
    ...at,
    default_workflow_permissions: "write",
  });
  expect(
    (await octokit.actions.getGithubActionsDefaultWorkflowPermissionsRepository(at)).data.default_workflow_permissions,
  ).toBe("write");
  const { workflows } = (await octokit.actions.listRepoWorkflows(at)).data;
  expect(workflows).toMatchObject([{ name: "build", path: ".github/workflows/build.yml" }]);
  await octokit.actions.getWorkflow({ ...at, workflow_id: "build.yml" });
  await octokit.actions.disableWorkflow({ ...at, workflow_id: "build.yml" });
  await octokit.actions.enableWorkflow({ ...at, workflow_id: "build.yml" });
  await octokit.actions.createWorkflowDispatch({ ...at, workflow_id: "build.yml", ref: "main" });
  const run = await untilRunEnds(octokit, at, { event: "workflow_dispatch" });
  expect(run.conclusion).toBe("success");
  await octokit.actions.getWorkflowRun({ ...at, run_id: run.id });
  await octokit.actions.listWorkflowRuns({ ...at, workflow_id: "build.yml", status: "completed" });
  const { jobs } = (await octokit.actions.listJobsForWorkflowRun({ ...at, run_id: run.id })).data;
  expect(jobs.map((job) => [job.name, job.conclusion])).toEqual([
    ["test", "success"],
    ["image", "success"],
  ]);
  const job = jobs[1];
  expect(job?.steps?.map((step) => step.name)).toEqual([
    "Set up job",
    "Run actions/checkout@v4",
    `Run echo "tag=\${GITHUB_SHA::12}" >> "$GITHUB_OUTPUT"`,
    "Run docker/login-action@v3",
    "Build and push",
    "Post Build and push",
    "Post Run docker/login-action@v3",
    "Post Run actions/checkout@v4",
    "Complete job",
  ]);
  await octokit.actions.getJobForWorkflowRun({ ...at, job_id: job?.id ?? 0 });
  await octokit.actions.listJobsForWorkflowRunAttempt({ ...at, run_id: run.id, attempt_number: 1 });
  const log = await octokit.actions.downloadJobLogsForWorkflowRun({ ...at, job_id: job?.id ?? 0 });
  expect(log.data).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z Current runner version/);
  expect(log.data).toContain(`pushing manifest for ghcr.io/acme/rrr:${run.head_sha.slice(0, 12)}@sha256:`);
  await octokit.actions.reRunWorkflow({ ...at, run_id: run.id });
  await expect(octokit.actions.reRunWorkflow({ ...at, run_id: run.id })).rejects.toMatchObject({ status: 403 });
  await octokit.actions.cancelWorkflowRun({ ...at, run_id: run.id });
  expect(await untilRunEnds(octokit, at, { event: "workflow_dispatch" })).toMatchObject({
    conclusion: "cancelled",
    run_attempt: 2,
  });
  await octokit.actions.reRunWorkflowFailedJobs({ ...at, run_id: run.id });
  expect(await untilRunEnds(octokit, at, { event: "workflow_dispatch" })).toMatchObject({
    conclusion: "success",
    run_attempt: 3,
  });
  await octokit.actions.deleteWorkflowRun({ ...at, run_id: run.id });
});

test("environments, and their reviewers' word on what waits", async () => {
  const of = { owner: "acme", repo: "gated" };
  const { id } = (await octokit.users.getAuthenticated()).data;
  await pushFiles(octokit, "gated", {
    ".github/workflows/deploy.yml":
      "on: workflow_dispatch\njobs: { one: { environment: live, steps: [{ run: echo }] } }\n",
  });
  const live = { ...of, environment_name: "live" };
  await octokit.repos.createOrUpdateEnvironment({ ...live, reviewers: [{ type: "User", id }] });
  const { data: all } = await octokit.repos.getAllEnvironments(of);
  expect(all).toMatchObject({ total_count: 1, environments: [{ name: "live" }] });
  await octokit.actions.createWorkflowDispatch({ ...of, workflow_id: "deploy.yml", ref: "main" });
  const run_id = (await octokit.actions.listWorkflowRunsForRepo(of)).data.workflow_runs[0]?.id ?? 0;
  const waiting = () => octokit.actions.getPendingDeploymentsForRun({ ...of, run_id });
  await vi.waitUntil(async () => (await waiting()).data.length === 1, { timeout: 45_000 });
  const environment_ids = all.environments?.map((one) => one.id) ?? [];
  await octokit.actions.reviewPendingDeploymentsForRun({
    ...of,
    run_id,
    environment_ids,
    state: "approved",
    comment: "",
  });
  expect(await untilRunEnds(octokit, of)).toMatchObject({ conclusion: "success" });
});

test("hooks and their deliveries", async () => {
  const config = { url: "http://127.0.0.1:9/hooks", content_type: "json", secret: "s3cret", insecure_ssl: "0" };
  const { data: hook } = await octokit.repos.createWebhook({ ...at, config, events: ["push", "workflow_run"] });
  expect(hook).toMatchObject({ active: true, config: { secret: "********" } });
  await expect(octokit.repos.createWebhook({ ...at, config, events: ["push", "workflow_run"] })).rejects.toMatchObject({
    status: 422,
    response: { data: { errors: [{ message: "Hook already exists on this repository" }] } },
  });
  const one = { ...at, hook_id: hook.id };
  await octokit.repos.pingWebhook(one);
  await octokit.repos.updateWebhook({ ...one, add_events: ["workflow_job"] });
  expect((await octokit.repos.getWebhook(one)).data.events).toEqual(["push", "workflow_run", "workflow_job"]);
  expect((await octokit.repos.listWebhooks(at)).data).toHaveLength(1);
  await octokit.repos.getWebhookConfigForRepo(one);
  await expect.poll(async () => (await octokit.repos.listWebhookDeliveries(one)).data.length).toBeGreaterThan(0);
  const [delivery] = (await octokit.repos.listWebhookDeliveries(one)).data;
  expect(delivery).toMatchObject({ event: "ping", status_code: 0, redelivery: false });
  const full = await octokit.repos.getWebhookDelivery({ ...one, delivery_id: delivery?.id ?? 0 });
  expect(full.data.request.headers).toMatchObject({ "X-GitHub-Event": "ping" });
  await octokit.repos.redeliverWebhookDelivery({ ...one, delivery_id: delivery?.id ?? 0 });
  await expect
    .poll(async () => (await octokit.repos.listWebhookDeliveries(one)).data.some((again) => again.redelivery))
    .toBe(true);
  await octokit.repos.deleteWebhook(one);
});

test("packages of the container registry", async () => {
  const of = { org: "acme", package_type: "container" as const, package_name: "rrr" };
  expect(
    (await octokit.packages.listPackagesForOrganization({ org: "acme", package_type: "container" })).data,
  ).toHaveLength(1);
  expect((await octokit.packages.getPackageForOrganization(of)).data).toMatchObject({
    visibility: "private",
    repository: { name: "rrr" },
  });
  const versions = (await octokit.packages.getAllPackageVersionsForPackageOwnedByOrg(of)).data;
  const [newest] = versions;
  expect(newest?.metadata?.container?.tags).toHaveLength(1);
  await octokit.packages.getPackageVersionForOrganization({ ...of, package_version_id: newest?.id ?? 0 });
  await octokit.packages.deletePackageVersionForOrg({ ...of, package_version_id: newest?.id ?? 0 });
  await octokit.packages.deletePackageForOrg(of);
  await octokit.packages.listPackagesForUser({ username: "ada", package_type: "container" });
  const none = { username: "ada", package_type: "container" as const, package_name: "none" };
  const version = { ...none, package_version_id: 1 };
  for (const call of [
    octokit.packages.getPackageForUser,
    octokit.packages.deletePackageForUser,
    octokit.packages.getAllPackageVersionsForPackageOwnedByUser,
  ]) {
    await expect(call(none)).rejects.toThrow("Package not found.");
  }
  await expect(octokit.packages.getPackageVersionForUser(version)).rejects.toThrow("Package not found.");
  await expect(octokit.packages.deletePackageVersionForUser(version)).rejects.toThrow("Package not found.");
});

test("an App reaches what its installation may", async () => {
  const app = asApp();
  expect((await app.apps.getAuthenticated()).data?.slug).toBe("slipway");
  await app.apps.listInstallations();
  const installation_id = (await app.apps.getOrgInstallation({ org: "acme" })).data.id;
  await app.apps.getInstallation({ installation_id });
  await app.apps.getRepoInstallation(at);
  await expect(app.apps.getUserInstallation({ username: "ada" })).rejects.toMatchObject({ status: 404 });
  const narrow = await app.apps.createInstallationAccessToken({
    installation_id,
    repositories: ["rrr"],
    permissions: { contents: "read" },
  });
  const reader = new Octokit({ baseUrl: `${github.apiUrl}/api/v3`, auth: narrow.data.token, log: github.quiet });
  judgeByOpenapi(reader, judge);
  expect((await reader.apps.listReposAccessibleToInstallation()).data.repositories.map((one) => one.name)).toEqual([
    "rrr",
  ]);
  await reader.repos.getContent({ ...at, path: "" });
  await expect(
    reader.repos.createOrUpdateFileContents({ ...at, path: "a", message: "a", content: "" }),
  ).rejects.toMatchObject({
    status: 403,
    message: expect.stringContaining("Resource not accessible by integration"),
  });
  await expect(reader.repos.createForAuthenticatedUser({ name: "mine" })).rejects.toMatchObject({ status: 403 });
  await reader.apps.revokeInstallationAccessToken();
  await expect(reader.repos.get(at)).rejects.toMatchObject({
    status: 401,
    message: expect.stringContaining("Bad credentials"),
  });
});

test("accounts and the small routes", async () => {
  expect((await octokit.users.getAuthenticated()).data.login).toBe("ada");
  await octokit.users.getByUsername({ username: "ada" });
  expect((await octokit.orgs.get({ org: "acme" })).data.login).toBe("acme");
  await octokit.repos.createForAuthenticatedUser({ name: "own", private: true });
  await octokit.repos.listForUser({ username: "ada" });
  await octokit.meta.get();
  await octokit.meta.getZen();
  await octokit.meta.root();
  expect((await octokit.rateLimit.get()).data.resources.core.limit).toBe(5000);
  await octokit.repos.transfer({ owner: "ada", repo: "own", new_owner: "acme", new_name: "given" });
  await octokit.repos.transfer({ owner: "acme", repo: "given", new_owner: "ada", new_name: "own" });
  await octokit.repos.delete({ owner: "ada", repo: "own" });
  await expect(octokit.repos.get({ owner: "ada", repo: "own" })).rejects.toMatchObject({ status: 404 });
});

test("nothing above strayed from GitHub's description, and every route was called", () => {
  // In that one place the description wants an account to be a user and an enterprise at once (allOf where anyOf is meant).
  const sound = judge.complaints.filter(
    (complaint) => !complaint.startsWith("apps/list-installations 200: /0/account"),
  );
  expect([...new Set(sound)]).toEqual([]);
  const known = new Set(routes.map((route) => route.operation));
  expect([...known.difference(judge.seen)]).toEqual([]);
});

test("the coverage table names the routes, no more and no fewer", () => {
  const claimed = Object.entries(restCoverage).filter(([, how]) => how !== "not");
  expect(claimed.map(([operation]) => operation).sort()).toEqual(routes.map((route) => route.operation).sort());
});
