import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createPullCredential } from "../../src/github/create-pull-credential.ts";
import { createRegistry } from "../../src/github/create-registry.ts";
import { createWebhookReceiver } from "../../src/github/create-webhook-receiver.ts";
import type { WebhookHint } from "../../src/github/hint-of.ts";
import { listen } from "../../src/http/listen.ts";
import type { GitHub, Repository, RepositoryName } from "../../src/project/ports/github.ts";
import { Problem } from "../../src/project/problem.ts";
import { files } from "./launch-files.ts";
import { clock, quiet } from "./quiet.ts";
import { appOf, type Sandbox, startSandbox } from "./start-sandbox.ts";

const run = promisify(execFile);
const named = (name: string) => ({ owner: "acme", name, visibility: "private" as const, description: "Rrr" });
const wanted = named("rrr");
const at = { owner: "acme", name: "rrr" };
const commit = { branch: "main", message: "From the nextjs template", files };

async function clone(url: string, credential: { username: string; password: string }) {
  const directory = await mkdtemp(join(tmpdir(), "slipway-clone-"));
  const address = new URL(url);
  address.username = credential.username;
  address.password = credential.password;
  await run("git", ["clone", "--quiet", address.href, directory]);
  return {
    directory,
    commits: (await run("git", ["-C", directory, "rev-list", "--all"])).stdout.trim().split("\n"),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}

/** One GitHub for all that do it no harm, with one repository that was launched already. */
let sandbox: Sandbox;
let github: GitHub;
let first: { repository: Repository; sha: string };

async function launch(name: string) {
  const repository = await github.createRepository(named(name));
  const { sha } = await github.pushFirstCommit(repository, commit);
  return { repository, sha };
}

beforeAll(async () => {
  sandbox = await startSandbox();
  github = sandbox.client();
  first = await launch("rrr");
});
afterAll(() => sandbox[Symbol.asyncDispose]());

describe.each(["token", "app"] as const)("a new repository, made by %s", (kind) => {
  it("has the files as the one commit after GitHub's own, and git sees them as they were given", async () => {
    const maker = sandbox.client(kind === "app" ? { auth: appOf(sandbox.part) } : {});
    const made = await maker.createRepository(named(`by-${kind}`));
    expect(made).toMatchObject({ ...named(`by-${kind}`), defaultBranch: "main", archived: false });
    const { sha } = await maker.pushFirstCommit(made, commit);

    await using clean = await clone(made.cloneUrl, await maker.cloneCredential(made));
    expect(clean.commits).toHaveLength(2);
    expect(clean.commits[0]).toBe(sha);
    expect((await readdir(clean.directory)).sort()).toEqual([".git", ".github", "README.md", "bin", "public"]);
    expect(await readFile(join(clean.directory, "README.md"), "utf8")).toBe("# rrr, größer\n");
    const icon = await readFile(join(clean.directory, "public/icon.png"));
    expect([...icon]).toEqual([0x89, 0x50, 0x4e, 0x47, 0, 255, 254]);
    expect((await stat(join(clean.directory, "bin/start"))).mode & 0o100).toBeTruthy();
    expect(await maker.commit(made, sha)).toMatchObject({
      sha,
      title: "From the nextjs template",
      parents: [clean.commits[1]],
    });
    expect(await maker.standing("acme")).toMatchObject({ kind, missing: [], limit: { of: expect.any(Number) } });
  });
});

describe("createPullCredential", () => {
  it.each(["app", "token"] as const)("by %s reads the image that was built", async (kind) => {
    await concluded(at, first.sha, { conclusion: "success" });
    const { part } = sandbox;
    const credential = createPullCredential({
      apiUrl: part.apiUrl,
      auth: kind === "app" ? appOf(part) : { token: part.token },
      owner: "acme",
      clock,
      log: quiet,
    });
    const registry = createRegistry({ host: "ghcr.io", apiUrl: part.registryUrl, credential, clock });
    expect(await registry.has("ghcr.io/acme/rrr", first.sha)).toBe(true);
    expect(await registry.has("ghcr.io/acme/rrr", "none")).toBe(false);
    expect(await registry.pullCredential()).toMatchObject({ host: "ghcr.io", ...(await credential()) });
  });
});

describe("cloneCredential", () => {
  it("of an App reads that one repository and nothing else", async () => {
    const app = sandbox.client({ auth: appOf(sandbox.part) });
    const credential = await app.cloneCredential(first.repository);
    expect(credential.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 30 * 60_000);
    expect(await app.cloneCredential(first.repository)).toEqual(credential);
    const stranger = sandbox.client({ auth: { token: credential.password } });
    expect(await stranger.commit(at, "main")).toMatchObject({ sha: first.sha });
    await expect(stranger.deleteRepository(at)).rejects.toMatchObject({ code: "github-permission-missing" });
  });

  it("of an App reads a repository that was made again under a name deleted a moment ago", async () => {
    const app = sandbox.client({ auth: appOf(sandbox.part) });
    const before = await app.createRepository(named("made-again"));
    await app.cloneCredential(before);
    await app.deleteRepository(before);
    const after = await app.createRepository(named("made-again"));
    await using clean = await clone(after.cloneUrl, await app.cloneCredential(after));
    expect(clean.commits).toHaveLength(1);
  });
});

describe("pushFirstCommit", () => {
  it("called again gives the same commit, as after a crash that forgot the first answer", async () => {
    expect(await github.pushFirstCommit(at, commit)).toEqual({ sha: first.sha });
    expect(await sandbox.client().pushFirstCommit(at, commit)).toEqual({ sha: first.sha });
    expect(await github.runs(at, { workflow: "build.yml", sha: first.sha })).toHaveLength(1);
  });

  it("never rewrites a history that began otherwise", async () => {
    const another = { ...commit, message: "From another template", files: files.slice(0, 1) };
    await expect(github.pushFirstCommit(at, another)).rejects.toMatchObject({
      code: "push-rejected",
      destiny: { kind: "person" },
    });
    expect((await github.commit(at, "main"))?.sha).toBe(first.sha);
  });

  it("makes no branch: one that is not there is waited for", async () => {
    const made = await github.createRepository(named("trunk"));
    const hasty = sandbox.client({ sleep: async () => {} });
    await expect(hasty.pushFirstCommit(made, { ...commit, branch: "trunk" })).rejects.toMatchObject({
      code: "repo-not-ready",
      destiny: { kind: "retry" },
    });
    expect((await github.repository("acme", "trunk"))?.defaultBranch).toBe("main");
    await using clean = await clone(made.cloneUrl, await github.cloneCredential(made));
    expect(clean.commits).toHaveLength(1);
  });

  it("goes on top of its own earlier try, of a template that has changed since", async () => {
    const { repository, sha } = await launch("tried-before");
    const changed = await github.pushFirstCommit(repository, { ...commit, files: files.slice(0, 1) });
    expect(await github.commit(repository, "main")).toMatchObject({ sha: changed.sha, parents: [sha] });
    expect(await github.pushFirstCommit(repository, { ...commit, files: files.slice(0, 1) })).toEqual(changed);
  });

  it("finds the one commit of a launch from before it went on top of GitHub's own", async () => {
    const made = await github.createRepository(named("alone"));
    const octokit = new Octokit({ baseUrl: sandbox.part.apiUrl, auth: sandbox.part.token });
    const repo = { owner: "acme", repo: "alone" };
    const { sha } = await github.pushFirstCommit(made, commit);
    const tree = (await octokit.git.getCommit({ ...repo, commit_sha: sha })).data.tree.sha;
    const alone = await octokit.git.createCommit({ ...repo, message: commit.message, tree, parents: [] });
    await octokit.git.updateRef({ ...repo, ref: "heads/main", sha: alone.data.sha, force: true });
    expect(await github.pushFirstCommit(made, commit)).toEqual({ sha: alone.data.sha });
  });

  it("leaves alone what a person began the repository with, whatever they call it", async () => {
    const made = await github.createRepository(named("theirs"));
    await using work = await clone(made.cloneUrl, { username: "ada", password: sandbox.part.token });
    const git = (...args: string[]) => run("git", ["-C", work.directory, "-c", "user.name=Ada", ...args]);
    await writeFile(join(work.directory, "main.go"), "package main\n");
    await git("add", ".");
    await git("-c", "user.email=ada@example.com", "commit", "--quiet", "--amend", "-m", "Initial commit");
    await git("push", "--quiet", "--force");
    await expect(github.pushFirstCommit(made, commit)).rejects.toMatchObject({ code: "push-rejected" });
    expect(await github.commit(made, "main")).toMatchObject({ title: "Initial commit", parents: [] });
  });

  it("leaves what people pushed on top of it", async () => {
    const { repository, sha } = await launch("on-top");
    await using work = await clone(repository.cloneUrl, { username: "ada", password: sandbox.part.token });
    const git = (...args: string[]) => run("git", ["-C", work.directory, ...args]);
    await git("-c", "user.name=Ada", "-c", "user.email=ada@example.com", "commit", "--allow-empty", "-m", "Mine");
    await git("push", "--quiet");
    expect(await github.pushFirstCommit(repository, commit)).toEqual({ sha });
    // Not even for a template that has changed since.
    await expect(github.pushFirstCommit(repository, { ...commit, files: files.slice(0, 1) })).rejects.toMatchObject({
      code: "push-rejected",
    });
    expect(await github.commit(repository, "main")).toMatchObject({ title: "Mine", parents: [sha], author: "Ada" });
  });
});

describe("createRepository", () => {
  it("refuses a name that is taken", async () => {
    await expect(github.createRepository(wanted)).rejects.toMatchObject({
      code: "repo-name-taken",
      destiny: { kind: "person" },
      params: { repository: "acme/rrr" },
    });
  });

  it("makes it for the person whose token it is, and for no other", async () => {
    expect(await github.createRepository({ ...wanted, owner: "ada" })).toMatchObject({ owner: "ada", name: "rrr" });
    await expect(github.createRepository({ ...wanted, owner: "slipway-pull" })).rejects.toMatchObject({
      code: "github-permission-missing",
    });
  });

  it("names the permission that the App lacks", async () => {
    await using own = await startSandbox();
    own.part.control.setInstallationPermission("administration", null);
    await expect(own.client({ auth: appOf(own.part) }).createRepository(wanted)).rejects.toMatchObject({
      code: "github-permission-missing",
      destiny: { kind: "person" },
      params: { permission: expect.stringMatching(/administration/i) },
    });
  });
});

describe("what is read", () => {
  it("tells owners apart, and that there is none", async () => {
    expect(await github.owner("acme")).toEqual({ login: "acme", kind: "organization" });
    expect(await github.owner("ada")).toEqual({ login: "ada", kind: "user" });
    expect(await github.owner("nobody")).toBeUndefined();
    expect(await github.repository("acme", "nothing")).toBeUndefined();
    expect(await github.commit(at, "0000000000000000000000000000000000000000")).toBeUndefined();
  });

  it("follows a build from its run to its jobs and steps", async () => {
    const { sha } = first;
    const [started] = await github.runs(at, { workflow: "build.yml", sha });
    expect(started).toMatchObject({ sha, number: 1, branch: "main", event: "push" });
    await concluded(at, sha, { status: "completed", conclusion: "success" });
    const jobs = await github.jobs(at, started?.id ?? 0);
    expect(jobs).toHaveLength(1);
    expect(jobs[0]?.steps.every((step) => step.conclusion === "success")).toBe(true);
  });

  it("gives the last lines of the failed step, without the secret in them", async () => {
    sandbox.part.control.failNextBuild();
    const { repository, sha } = await launch("failing");
    await concluded(repository, sha, { conclusion: "failure" });
    const failed = (await github.runs(repository, { workflow: "build.yml", sha }))[0];
    const job = (await github.jobs(repository, failed?.id ?? 0)).find(({ conclusion }) => conclusion === "failure");
    const log = (await github.jobLog(repository, job?.id ?? 0, 5)).join("\n");
    expect(log).toContain("exit code: 1");
    expect(log).toContain("using token ***");
    expect(log).not.toContain("ghp_");

    await github.rerunFailedJobs(repository, failed?.id ?? 0);
    await concluded(repository, sha, { attempt: 2, conclusion: "success" });
    await github.cancelRun(repository, failed?.id ?? 0);
  });

  it("costs no second request while fresh, and is asked for again when a webhook says so", async () => {
    const reader = sandbox.client({ freshMs: 60_000 });
    const asked = () => sandbox.calls.filter(({ method, path }) => method === "GET" && path === "/repos/acme/rrr");
    const before = asked().length;
    const once = await reader.repository("acme", "rrr");
    await reader.repository("acme", "rrr");
    expect(asked()).toHaveLength(before + 1);

    reader.invalidate({ owner: "Acme", name: "RRR" });
    expect(await reader.repository("acme", "rrr")).toEqual(once);
    expect(asked()).toHaveLength(before + 2);
    expect(asked().at(-1)?.status).toBe(304);
  });
});

describe("describeRepository and allowActions", () => {
  it("send what differs and nothing else", async () => {
    await github.describeRepository(first.repository, { description: "New", topics: ["slipway", "nextjs"] });
    const standing = await github.repository("acme", "rrr");
    if (!standing) throw new Error("no repository");
    expect(standing).toMatchObject({ description: "New", topics: ["slipway", "nextjs"] });
    const writes = () => sandbox.calls.filter(({ method }) => ["POST", "PUT", "PATCH"].includes(method)).length;
    const before = writes();
    await github.describeRepository(standing, { description: "New", topics: ["nextjs", "slipway"] });
    await github.allowActions(at);
    expect(writes()).toBe(before);
  });

  it("turn Actions on where they are off", async () => {
    sandbox.part.control.disableActionsForNewRepositories(true);
    const off = await github.createRepository(named("actions-off"));
    sandbox.part.control.disableActionsForNewRepositories(false);
    await github.allowActions(off);
    await github.allowActions(off);
    const puts = sandbox.calls.filter(({ method, path }) => method === "PUT" && path.endsWith("/actions/permissions"));
    expect(puts.map(({ status }) => status)).toEqual([204]);
  });
});

describe("what is removed", () => {
  it("may be gone already", async () => {
    const gone = await github.createRepository(named("gone"));
    for (let times = 0; times < 2; times += 1) {
      await github.deleteWebhook(gone, 12345);
      await github.deletePackage("acme", "gone");
      await github.deleteRepository(gone);
    }
    expect(await github.repository("acme", "gone")).toBeUndefined();
  });
});

describe("webhooks", () => {
  async function receiver(secret: string) {
    const hints: WebhookHint[] = [];
    const receive = createWebhookReceiver({ secret, onHint: (hint) => hints.push(hint), log: quiet });
    const listening = await listen(createServer(receive), { port: 0, host: "127.0.0.1" });
    return { url: `${listening.url}/github/webhooks`, hints, [Symbol.asyncDispose]: () => listening.close() };
  }
  const events = ["push", "workflow_run", "workflow_job", "registry_package"];
  const keys = (hints: WebhookHint[]) => new Set(hints.map(({ repository: { owner, name } }) => `${owner}/${name}`));

  it("is made once, its ping is answered, and pushes become hints, also twice and out of order", async () => {
    await using bot = await receiver("s3cret");
    const made = await github.createRepository(named("hooked"));
    const hook = { url: bot.url, secret: "s3cret", events };
    const ensured = await github.ensureWebhook(made, hook);
    expect(ensured).toMatchObject({ pinged: true });
    expect(await github.ensureWebhook(made, hook)).toEqual(ensured);
    expect(await sandbox.client().ensureWebhook(made, hook)).toEqual(ensured);

    sandbox.part.control.doubleNextWebhooks(2);
    sandbox.part.control.reorderNextWebhooks(1);
    await github.pushFirstCommit(made, commit);
    const reasons = () => bot.hints.map(({ reason }) => reason);
    await vi.waitFor(() => expect(reasons()).toContain("workflow_run.completed"), { timeout: 45_000 });
    expect(reasons()).toContain("push");
    expect(keys(bot.hints)).toEqual(new Set(["acme/hooked"]));
  });

  it("whose secret is wrong is told as not pinged, and repaired by the right one", async () => {
    await using bot = await receiver("s3cret");
    const hasty = sandbox.client({ sleep: () => new Promise((resolve) => setTimeout(resolve, 5)) });
    const wrong = await hasty.ensureWebhook(at, { url: bot.url, secret: "old", events });
    expect(wrong).toMatchObject({ pinged: false });
    expect(bot.hints).toEqual([]);
    expect(await github.ensureWebhook(at, { url: bot.url, secret: "s3cret", events })).toEqual({
      id: wrong.id,
      pinged: true,
    });
    // An older ping that was answered says nothing of the secret that stands now.
    const again = sandbox.client({ sleep: () => new Promise((resolve) => setTimeout(resolve, 5)) });
    expect(await again.ensureWebhook(at, { url: bot.url, secret: "old", events })).toMatchObject({ pinged: false });
    await github.deleteWebhook(at, wrong.id);
  });

  it("of ours with another URL is given the new one, a second of ours goes, and those of others stay", async () => {
    await using bot = await receiver("s3cret");
    const made = await github.createRepository(named("moved"));
    const hasty = sandbox.client({ sleep: () => new Promise((resolve) => setTimeout(resolve, 5)) });
    const at = (url: string) => hasty.ensureWebhook(made, { url: `${bot.url}${url}`, secret: "old", events });
    const ours = await at("/first");
    await at("/second");
    const others = await at("/others");
    const octokit = new Octokit({ baseUrl: sandbox.part.apiUrl, auth: sandbox.part.token });
    const standing = async () => (await octokit.repos.listWebhooks({ owner: "acme", repo: "moved" })).data;
    const wanted = { url: bot.url, secret: "s3cret", events };

    const known = { id: ours.id, urls: [] };
    expect(await github.ensureWebhook(made, { ...wanted, before: known })).toEqual({ id: ours.id, pinged: true });
    const unrecorded = { urls: [`${bot.url}/second`] };
    expect(await github.ensureWebhook(made, { ...wanted, before: unrecorded })).toMatchObject({ id: ours.id });
    expect(await github.lastDelivery(made, ours.id)).toMatchObject({ event: "ping", status: 202 });
    expect(await github.lastDelivery(made, 12345)).toBe("gone");
    expect((await standing()).map(({ id, config: { url } }) => [id, url])).toEqual([
      [ours.id, bot.url],
      [others.id, `${bot.url}/others`],
    ]);
  });

  it("that is doubted is written and pinged anew, however right it looks", async () => {
    await using bot = await receiver("s3cret");
    const made = await github.createRepository(named("doubted"));
    const wanted = { url: bot.url, secret: "s3cret", events };
    const ours = await github.ensureWebhook(made, wanted);
    const octokit = new Octokit({ auth: sandbox.part.token, baseUrl: sandbox.part.apiUrl });
    const hook = { owner: made.owner, repo: made.name, hook_id: ours.id };
    await octokit.rest.repos.updateWebhook({
      ...hook,
      config: { url: bot.url, content_type: "json", secret: "theirs" },
    });
    await octokit.rest.repos.pingWebhook(hook);
    const answers = async () =>
      (await octokit.rest.repos.listWebhookDeliveries(hook)).data.map((each) => each.status_code);
    await vi.waitFor(async () => expect(await answers()).toEqual([401, 202]));
    expect(await github.ensureWebhook(made, { ...wanted, doubted: true })).toEqual({ id: ours.id, pinged: true });
    expect(await answers()).toEqual([202, 401, 202]);
    expect(await github.lastDelivery(made, ours.id)).toMatchObject({ event: "ping", status: 202 });
  });

  it("that reaches nobody is told as not pinged", async () => {
    const gone = await receiver("s3cret");
    await gone[Symbol.asyncDispose]();
    const hasty = sandbox.client({ sleep: () => new Promise((resolve) => setTimeout(resolve, 20)) });
    const hook = await hasty.ensureWebhook(at, { url: gone.url, secret: "s3cret", events });
    expect(hook).toMatchObject({ pinged: false });
    await github.deleteWebhook(at, hook.id);
  });

  it("that never came is made good by reading", async () => {
    await using bot = await receiver("s3cret");
    const made = await github.createRepository(named("unheard"));
    await github.ensureWebhook(made, { url: bot.url, secret: "s3cret", events });
    const heard = bot.hints.length;
    sandbox.part.control.dropNextWebhooks(1_000);
    const { sha } = await github.pushFirstCommit(made, commit);
    await concluded(made, sha, { conclusion: "success" });
    sandbox.part.control.dropNextWebhooks(0);
    expect(bot.hints).toHaveLength(heard);
  });
});

describe("GitHub in trouble", () => {
  it("a token that was revoked is said to be one", async () => {
    await expect(sandbox.client({ auth: { token: "ghp_gone" } }).standing("acme")).rejects.toMatchObject({
      code: "github-token-invalid",
      destiny: { kind: "person" },
    });
  });

  it("what the credentials lack is named", async () => {
    const standing = await sandbox.client({ auth: { token: sandbox.part.pullToken } }).standing("acme");
    expect(standing.missing).toEqual(["repo", "workflow", "admin:repo_hook", "delete_repo"]);
  });

  it("an exhausted rate limit says until when", async () => {
    await using own = await startSandbox();
    own.part.control.exhaustRateLimit(600);
    const asked = own.client().owner("acme");
    const problem: unknown = await asked.catch((error: unknown) => error);
    if (!(problem instanceof Problem) || problem.destiny.kind !== "wait") throw problem;
    expect(problem.code).toBe("github-rate-limited");
    expect(problem.destiny.until.getTime()).toBeGreaterThan(Date.now() + 60_000);
  });

  it("a short secondary limit is waited out, a long one becomes a Problem", async () => {
    sandbox.part.control.limitSecondary(1, 1);
    expect(await github.owner("acme")).toMatchObject({ login: "acme" });
    sandbox.part.control.limitSecondary(1, 120);
    await expect(github.owner("acme")).rejects.toMatchObject({ code: "github-rate-limited" });
    sandbox.part.control.restoreRateLimit();
  });

  it("one that cannot be reached is tried again later", async () => {
    sandbox.part.control.setUnreachable(true);
    const asking = github.owner("acme");
    await expect(asking).rejects.toMatchObject({ code: "github-unreachable", destiny: { kind: "retry" } });
    sandbox.part.control.setUnreachable(false);
  });
});

function concluded(where: RepositoryName, sha: string, run: object): Promise<void> {
  return vi.waitFor(
    async () => expect((await github.runs(where, { workflow: "build.yml", sha }))[0]).toMatchObject(run),
    {
      timeout: 45_000,
      interval: 20,
    },
  );
}
