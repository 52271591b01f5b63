import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { until } from "../cluster/until.ts";
import type { Application } from "../team/application.ts";
import type { Push } from "../team/checkout.ts";
import { fieldOf } from "../team/field-of.ts";
import { startTeam } from "../team/start-team.ts";
import type { Team } from "../team/team.ts";

const WORKFLOW = ".github/workflows/build.yml";
const OVERLAY = "k8s/overlays/production/kustomization.yaml";
/** Said of what has not failed, it is wrong; of a step that may fail, of a warning, it is not. */
const FAILED = /\bfailed\b/i;
/** Of a card that still has something to do. */
const IN_PROGRESS = /◐|deploying|launching/;
const BEFORE_THE_IMAGE = "      - name: docker build\n";

let team: Team;
let overtaken: { app: Application; push: Push };

beforeAll(async () => {
  team = await startTeam();
  // Before the others, since it is the next build of all that is slow.
  overtaken = await overtakeLaunch();
});
afterAll(async () => await team?.close());

describe.concurrent("pushes for which there is nothing to build", () => {
  let app: Application;
  let docs: Push;
  let manifests: Push;

  beforeAll(async () => {
    app = await team.launch("docs-app");
    const work = await app.clone();
    await work.edit(WORKFLOW, (text) =>
      text.replace(/( {4}branches:\n {6}- .*\n)/, `$1    paths-ignore:\n      - "**.md"\n      - "k8s/**"\n`),
    );
    const code = await work.push("Build only what is code");
    await app.untilRun(code, "completed");
    await until(60, "the new image", () => app.images().every((image) => image.endsWith(code.tag)));
    await app.rest();
    await work.edit("README.md", (text) => `${text}\nOne more line.\n`);
    docs = await work.push("Say more in the README");
    await app.settle(docs);
    await work.edit(OVERLAY, (text) => text.replace(/value: \d+/, "value: 2"));
    manifests = await work.push("Run two pods");
  });

  test("one that changes documents is told as that", async ({ expect }) => {
    await expect.poll(() => app.thread(docs).ever).toMatch(/nothing to build|no build/i);
  });

  test("its card comes to an end", async ({ expect }) => {
    await expect.poll(() => app.thread(docs).root.text).not.toMatch(IN_PROGRESS);
  });

  test("one that changes manifests alone is applied within a minute", async ({ expect }) => {
    await expect.poll(() => app.replicas(), { timeout: 60_000 }).toBe(2);
  });

  test("and is live once it is applied", async ({ expect }) => {
    await expect.poll(() => app.thread(manifests).root.text, { timeout: 110_000 }).toMatch(/\blive\b/);
    expect(fieldOf(app.object("apps/v1", "Deployment"), "status", "availableReplicas")).toBe(2);
  });

  test("neither has failed, and neither calls anybody", async ({ expect }) => {
    for (const push of [docs, manifests]) {
      await expect.poll(() => app.threadsOf(push)).toHaveLength(1);
      expect(app.thread(push).ever).not.toMatch(FAILED);
      expect(app.thread(push).pings).toBe(false);
    }
  });

  // Of this kind: test/controller/unbuilt.test.ts, test/steps/image.test.ts; what starts no run: test/sandbox/github/workflows.test.ts.
});

describe.concurrent("tests that run when the image is there already", () => {
  let app: Application;
  let push: Push;

  beforeAll(async () => {
    app = await team.launch("late-app");
    const work = await app.clone();
    await work.edit(
      WORKFLOW,
      (text) =>
        `${text}\n  e2e:\n    needs: image\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm ci\n      - run: npm test\n      - run: exit 1\n`,
    );
    push = await work.push("Test the image that was built");
    await app.untilRun(push, "completed");
    expect((await app.runOf(push))?.conclusion).toBe("failure");
  });

  test("are told where they are red", async ({ expect }) => {
    await expect.poll(() => app.thread(push).text).toMatch(/e2e.*fail|fail.*e2e/is);
  });

  // Of this kind: test/controller/runs.test.ts.
});

describe.concurrent("a build that fails and is run again until it passes", () => {
  let app: Application;
  let push: Push;
  const failures = () => app.thread(push).replies.filter(({ versions }) => /fail/i.test(versions.join("\n")));

  beforeAll(async () => {
    app = await team.launch("rerun-app");
    const work = await app.clone();
    await work.edit(WORKFLOW, (text) =>
      text.replace(
        BEFORE_THE_IMAGE,
        `      - name: flaky\n        if: github.run_attempt < 3\n        run: exit 1\n${BEFORE_THE_IMAGE}`,
      ),
    );
    push = await work.push("Works at the third try");
    for (const attempt of [1, 2, 3]) {
      await app.untilRun(push, "completed", attempt);
      const run = await app.runOf(push);
      expect(run?.conclusion).toBe(attempt === 3 ? "success" : "failure");
      if (attempt === 3) break;
      await app.rest(20);
      await team.octokit.actions.reRunWorkflowFailedJobs({ ...app.at, run_id: run?.id ?? 0 });
    }
  });

  test("goes live by what passed", async ({ expect }) => {
    await expect.poll(() => app.images()).toEqual([expect.stringContaining(push.tag)]);
    await expect.poll(() => app.thread(push).root.text).toMatch(/\blive\b/);
    expect(app.threadsOf(push)).toHaveLength(1);
  });

  test("what told of the failure is closed in the same message, and keeps what it said", async ({ expect }) => {
    await expect.poll(() => app.thread(push).root.text).toMatch(/\blive\b/);
    await expect.poll(() => failures().every(({ text }) => /Resolved after/.test(text))).toBe(true);
    // One for each attempt that failed, at most: the second may fail before the first is over.
    const told = failures().map(({ text }) => text);
    expect(told.length).toBeGreaterThan(0);
    expect(told.length).toBeLessThanOrEqual(2);
    for (const text of told) expect(text).toMatch(/Resolved after [^:]+: Build #\d+ failed/);
  });

  // Of this kind: test/controller/runs.test.ts.
});

describe.concurrent("a build that somebody cancels on GitHub", () => {
  let app: Application;
  let push: Push;

  beforeAll(async () => {
    app = await team.launch("stopped-app");
    const work = await app.clone();
    push = await work.push("Somebody thinks better of it");
    await app.untilRun(push, "in_progress");
    await team.octokit.actions.cancelWorkflowRun({ ...app.at, run_id: (await app.runOf(push))?.id ?? 0 });
    await app.untilRun(push, "completed");
    expect((await app.runOf(push))?.conclusion).toBe("cancelled");
  });

  test("is told as cancelled", async ({ expect }) => {
    await expect.poll(() => app.thread(push).text).toMatch(/cancel/i);
    await expect.poll(() => app.thread(push).root.text).not.toMatch(IN_PROGRESS);
  });

  test("never as failed, and nobody is called", async ({ expect }) => {
    await expect.poll(() => app.thread(push).text).toMatch(/cancel/i);
    await app.rest();
    expect(app.thread(push).ever).not.toMatch(FAILED);
    expect(app.thread(push).pings).toBe(false);
    expect(app.threadsOf(push)).toHaveLength(1);
  });

  // Of this kind: test/facts/build.test.ts, test/controller/runs.test.ts, test/diagnosis/rules/builds.test.ts.
});

/** A push while a launch builds; the run of the first commit is cancelled, as `concurrency` with `cancel-in-progress` does it. */
async function overtakeLaunch(): Promise<{ app: Application; push: Push }> {
  team.sandbox.github.control.slowNextBuild(20);
  const app = await team.create("early-app");
  const steps = async () => {
    const { data } = await team.octokit.actions.listWorkflowRunsForRepo(app.at);
    const jobs = await team.octokit.actions.listJobsForWorkflowRun({
      ...app.at,
      run_id: data.workflow_runs[0]?.id ?? 0,
    });
    return jobs.data.jobs.flatMap((job) => job.steps ?? []);
  };
  await vi.waitFor(
    async () =>
      expect(await steps()).toContainEqual(expect.objectContaining({ name: "docker build", status: "in_progress" })),
    { timeout: 120_000, interval: 500 },
  );
  const work = await app.clone();
  const first = await work.head();
  await work.edit("README.md", (text) => `${text}\nEarly.\n`);
  const push = await work.push("A typo, while it is still launching");
  await until(60, "its run", () => app.runOf(push));
  await team.octokit.actions.cancelWorkflowRun({ ...app.at, run_id: (await app.runOf(first))?.id ?? 0 });
  await app.untilRun(first, "completed");
  expect((await app.runOf(first))?.conclusion).toBe("cancelled");
  return { app, push };
}

describe.concurrent("a push while the launch is building, whose workflow cancels what was under way", () => {
  beforeAll(async () => await overtaken.app.untilRun(overtaken.push, "completed"));

  test("the launch goes on with the newer commit, and says so", async ({ expect }) => {
    const { app, push } = overtaken;
    await expect.poll(() => app.launch().root.text).toMatch(/\blive\b/);
    expect(app.images()).toEqual([expect.stringContaining(push.tag)]);
    expect(app.launch().text).toContain(push.short);
  });

  test("nobody is told of a failure", async ({ expect }) => {
    await overtaken.app.rest();
    expect(overtaken.app.text()).not.toMatch(FAILED);
  });

  // Of this kind: test/controller/overtaken.test.ts, test/controller/mended-launch.test.ts.
});

describe.concurrent("25 branches pushed while the head is built", () => {
  let app: Application;
  let push: Push;
  let whileBuilding: string;

  beforeAll(async () => {
    app = await team.launch("busy-app");
    const work = await app.clone();
    await work.write(
      ".github/workflows/lint.yml",
      "name: lint\non:\n  push:\n    branches-ignore: [main]\njobs:\n  lint:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm run lint\n",
    );
    // 27 minutes in the sandbox's time: longer than it takes to push the branches where the machine is shared.
    const slow = `      - run: |\n${"          npm ci\n".repeat(90)}`;
    await work.edit(WORKFLOW, (text) => text.replace(BEFORE_THE_IMAGE, `${slow}${BEFORE_THE_IMAGE}`));
    push = await work.commit("Lint the branches");
    const branches = Array.from({ length: 25 }, (_, index) => `bump-${index}`);
    for (const branch of branches) {
      await work.commit(`Bump ${branch}`);
      await work.git("branch", branch);
    }
    await work.git("push", "--quiet", "origin", `${push.sha}:main`);
    await app.untilRun(push, "in_progress");
    await work.git("push", "--quiet", "origin", ...branches);
    expect((await team.octokit.actions.listWorkflowRunsForRepo(app.at)).data.total_count).toBeGreaterThan(25);
    await app.rest(10);
    whileBuilding = app.thread(push).root.text;
    expect((await app.runOf(push))?.status).toBe("in_progress");
    await app.untilRun(push, "completed");
  });

  test("its run is told as long as it is under way", ({ expect }) => {
    expect(whileBuilding).toMatch(/#2/);
    expect(whileBuilding).not.toMatch(/pick up|missing|no run/i);
  });

  test("it goes live, and nothing was called missing", async ({ expect }) => {
    await expect.poll(() => app.thread(push).root.text).toMatch(/\blive\b/);
    expect(app.images()).toEqual([expect.stringContaining(push.tag)]);
    expect(app.thread(push).ever).not.toMatch(/\bfailed\b|missing|no run/i);
    expect(app.thread(push).pings).toBe(false);
    expect(app.threads()).toHaveLength(2);
  });

  // Of this kind: test/github/read-commits.test.ts, test/facts/build.test.ts; when one is missing: test/diagnosis/rules/builds.test.ts.
});
