import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../cluster/until.ts";
import type { Application } from "../team/application.ts";
import type { Push } from "../team/checkout.ts";
import { fieldOf } from "../team/field-of.ts";
import { startTeam } from "../team/start-team.ts";
import type { Team } from "../team/team.ts";

const WORKFLOW = ".github/workflows/build.yml";
const OVERLAY = "k8s/overlays/production/kustomization.yaml";
const FLUX_SOURCE = { apiVersion: "source.toolkit.fluxcd.io/v1", kind: "GitRepository" };
const FLUX_KUSTOMIZATION = { apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization" };
const PROJECT = { apiVersion: "slipway.dev/v1alpha1", kind: "Project" };
const IN_PROGRESS = /◐|deploying|launching/;
/** That what was there before is as it was. */
const PROMISE = /goes on running|still run|keeps? running|continues|not affected|unaffected/i;

let team: Team;

beforeAll(async () => {
  team = await startTeam();
});
afterAll(async () => await team?.close());

const failingBuild = (text: string) =>
  text.replace(
    "      - name: docker build\n",
    "      - name: compile\n        run: exit 1\n      - name: docker build\n",
  );
const pods = (count: number) => (text: string) => text.replace(/value: \d+/, `value: ${count}`);

describe.concurrent("a push that changes code and manifests, and whose build fails", () => {
  let app: Application;
  let push: Push;

  beforeAll(async () => {
    app = await team.launch("both-app");
    const work = await app.clone();
    await work.edit(OVERLAY, pods(0));
    await work.edit(WORKFLOW, failingBuild);
    push = await work.push("Does not compile, and asks for no pods");
    await app.untilRun(push, "completed");
    expect((await app.runOf(push))?.conclusion).toBe("failure");
    // Flux has looked at the branch, twice.
    await until(60, "Flux to see the commit", () =>
      String(fieldOf(app.object(FLUX_SOURCE.apiVersion, FLUX_SOURCE.kind), "status", "artifact", "revision")).includes(
        push.sha,
      ),
    );
    await sleep(6_000);
  });

  test("changes nothing in the cluster", async ({ expect }) => {
    expect(app.replicas()).toBe(1);
    expect(app.images()).toEqual([expect.not.stringContaining(push.tag)]);
    expect(await app.site()).toBe(200);
  });

  test("says that what ran before goes on only where it does", async ({ expect }) => {
    await expect.poll(() => app.thread(push).text).toMatch(/fail/i);
    await app.rest();
    if ((await app.site()) !== 200) expect(app.thread(push).text).not.toMatch(PROMISE);
  });

  test("is told with its failure, once", async ({ expect }) => {
    await expect.poll(() => app.thread(push).root.text).toMatch(/fail/i);
    expect(app.threadsOf(push)).toHaveLength(1);
  });

  // The kind, manifests and image of one commit: test/controller/what-arrives.test.ts, test/steps/release.test.ts (where manifests are), test/words/words.test.ts (promises).
});

describe.concurrent("status, after the newest deploy has failed", () => {
  let app: Application;
  let good: Push;
  let bad: Push;

  beforeAll(async () => {
    app = await team.launch("stat-app");
    const work = await app.clone();
    good = await work.push("Good");
    await app.untilRun(good, "completed");
    await until(60, "its image", () => app.images().every((image) => image.endsWith(good.tag)));
    await app.rest();
    await work.edit(OVERLAY, pods(0));
    await work.edit(WORKFLOW, failingBuild);
    bad = await work.push("Bad, and asks for no pods");
    await app.untilRun(bad, "completed");
    await app.rest();
  });

  describe("while what ran before runs", { concurrent: false }, () => {
    test("tells it, the newest deploy and its failure", async ({ expect }) => {
      await expect.poll(() => app.ask("status"), { interval: 3_000 }).toMatch(new RegExp(`${bad.short}.*fail`));
      const answer = await app.ask("status");
      expect(answer).toContain(good.short);
      expect(answer).toMatch(new RegExp(`answers ${await app.site()}`));
      expect(answer).not.toMatch(/no open problem/i);
    });
  });

  describe("once nothing runs any more", { concurrent: false }, () => {
    let holding: NodeJS.Timeout;
    beforeAll(async () => {
      const deployment = { apiVersion: "apps/v1", kind: "Deployment", namespace: app.name, name: app.name };
      // Again and again: Flux puts right what somebody scales by hand.
      holding = setInterval(() => {
        if (app.replicas() !== 0) team.store.mergePatch(deployment, { spec: { replicas: 0 } });
      }, 200);
      await until(60, "no pods", async () => app.images().length === 0 && (await app.site()) === 503);
    });
    afterAll(() => clearInterval(holding));

    test("tells what answers now", async ({ expect }) => {
      await expect.poll(() => app.ask("status"), { interval: 3_000 }).toMatch(/503/);
      const answer = await app.ask("status");
      expect(answer).not.toMatch(/answers 200|[1-9] of [1-9] pod/);
      expect(answer).not.toMatch(/no open problem/i);
      expect(answer).toContain(bad.short);
    });
  });

  // The kind, what was true is not shown as now: test/slack/now.test.ts, test/facts/now-of.test.ts.
});

describe.concurrent.each([
  { what: "the source", name: "susp-app", suspended: FLUX_SOURCE },
  { what: "the Kustomization", name: "susk-app", suspended: FLUX_KUSTOMIZATION },
])("a push while $what is suspended by hand", ({ name, suspended }) => {
  let app: Application;
  let push: Push;

  beforeAll(async () => {
    app = await team.launch(name);
    const object = { ...suspended, metadata: { name, namespace: name }, spec: { suspend: true } };
    await team.patch("kubectl-patch", object);
    const work = await app.clone();
    await work.edit(OVERLAY, pods(3));
    push = await work.push("Three pods");
    await app.untilRun(push, "completed");
    await app.rest();
  });

  test("is told as held up by that, on its card or in its thread", async ({ expect }) => {
    await expect.poll(() => app.thread(push).text).toMatch(/suspend/i);
  });

  test("names who has suspended it, since managed fields tell", async ({ expect }) => {
    await expect.poll(() => app.thread(push).text).toMatch(/kubectl/i);
  });

  test("is not live", async ({ expect }) => {
    await app.settle(push, 30);
    expect(app.replicas()).toBe(1);
    expect(app.thread(push).ever).not.toMatch(/\blive\b/);
  });

  test("it stays suspended", async ({ expect }) => {
    await app.rest();
    expect(fieldOf(app.object(suspended.apiVersion, suspended.kind), "spec", "suspend")).toBe(true);
  });

  // The kind, what somebody has suspended: test/controller/suspended.test.ts, test/diagnosis/rules/flux.test.ts.
});

describe.concurrent.each([
  { how: "its tag", name: "back-app", pin: ({ tag }: Push) => ({ tag }) },
  { how: "its commit", name: "still-app", pin: ({ sha }: Push) => ({ follow: "pinned", commit: sha }) },
])("a rollback by pinning the environment to $how, then a push", ({ name, pin }) => {
  let app: Application;
  let first: Push;
  let second: Push;
  let third: Push;

  beforeAll(async () => {
    app = await team.launch(name);
    const work = await app.clone();
    first = await work.head();
    second = await work.push("The one that is bad");
    await app.untilRun(second, "completed");
    await until(60, "the second", () => app.images().every((image) => image.endsWith(second.tag)));
    await app.rest();
    const project = team.store.get({ ...PROJECT, namespace: "slipway-system", name: app.name });
    const environments = fieldOf(project, "spec", "environments");
    if (!project || !Array.isArray(environments)) throw new Error("the Project has no environments");
    team.store.mergePatch(
      { ...PROJECT, namespace: "slipway-system", name: app.name },
      { spec: { environments: environments.map((environment: object) => ({ ...environment, ...pin(first) })) } },
    );
    await until(60, "the first again", () => app.images().every((image) => image.endsWith(first.tag)));
    await app.rest();
    third = await work.push("The one that mends it");
    await app.untilRun(third, "completed");
    await app.rest();
  });

  test("the rollback is a deploy with a card of its own", async ({ expect }) => {
    // Neither the launch's nor that of a push.
    const others = () =>
      app
        .threads()
        .slice(1)
        .map(({ root }) => root.text)
        .filter((text) => ![second, third].some(({ title }) => text.includes(title)));
    await expect.poll(others).toEqual([expect.stringMatching(/\blive\b/)]);
    expect(others()[0]).toContain(first.short);
  });

  test("the push is told as held back by the pin", async ({ expect }) => {
    expect((await app.runOf(third))?.conclusion).toBe("success");
    await expect.poll(() => app.thread(third).text).toMatch(/\bpin/i);
    await expect.poll(() => app.thread(third).root.text).not.toMatch(IN_PROGRESS);
  });

  test("nothing claims that the push runs", async ({ expect }) => {
    await expect.poll(() => app.thread(third).root.text).toMatch(/\bpin|\blive\b/i);
    await app.rest();
    expect(app.threadsOf(third)).toHaveLength(1);
    expect(app.thread(third).ever).not.toMatch(/\blive\b/);
    expect(app.thread(third).pings).toBe(false);
  });

  test("what runs is what was pinned", ({ expect }) => {
    expect(app.images()).toEqual([expect.stringContaining(first.tag)]);
  });

  // The kind, a commit that an environment does not want: test/controller/pins.test.ts, test/project/pin-of.test.ts.
});

describe.concurrent("k8s/ is deleted, and stays so", () => {
  let app: Application;
  let push: Push;

  beforeAll(async () => {
    app = await team.launch("gone-app");
    const work = await app.clone();
    await work.remove("k8s");
    push = await work.push("No more of that");
    await app.untilRun(push, "completed");
  });
  const telling = () =>
    app.threads().flatMap(({ replies }) => replies.filter(({ text }) => /k8s\/overlays/.test(text)));

  test("the path that is missing is told once, by name", async ({ expect }) => {
    await expect.poll(telling).toHaveLength(1);
    await app.rest();
    expect(telling()).toHaveLength(1);
    expect(app.threadsOf(push)).toHaveLength(1);
  });

  test("the push is not live", async ({ expect }) => {
    await expect.poll(() => app.thread(push).text).toMatch(/k8s\/overlays/);
    expect(app.thread(push).root.text).not.toMatch(/\blive\b/);
  });

  test("names no directory of Flux's own, which is another one each time", async ({ expect }) => {
    await expect.poll(() => app.text()).toMatch(/k8s\/overlays/);
    expect(app.text()).not.toMatch(/\/tmp\/|kustomization-\d+/);
  });

  test("is edited only when something changes", async ({ expect }) => {
    await expect.poll(telling).toHaveLength(1);
    await expect.poll(() => app.thread(push).root.text).toMatch(/failed/);
    await app.rest();
    const before = app.threads().map(({ ever }) => ever);
    // Flux tries six times at least.
    await sleep(20_000);
    expect(app.threads().map(({ ever }) => ever)).toEqual(before);
  });

  // The kind, evidence that is another one with each try: test/facts/steady-text.test.ts, test/controller/steady-evidence.test.ts, test/controller/flux-retries.test.ts.
});

describe.concurrent("a push that changes what cannot be changed, a Deployment's selector", () => {
  let app: Application;
  let push: Push;

  beforeAll(async () => {
    app = await team.launch("sel-app");
    const work = await app.clone();
    await work.edit("k8s/base/deployment.yaml", (text) =>
      text.replaceAll(/app\.kubernetes\.io\/name: "?sel-app"?/g, "app: sel-app"),
    );
    push = await work.push("Other labels");
    await app.untilRun(push, "completed");
  });

  test("is told with the object and the reason, and is not live", async ({ expect }) => {
    await expect.poll(() => app.thread(push).text).toMatch(/immutable/i);
    expect(app.thread(push).text).toMatch(/Deployment/);
    expect(app.thread(push).text).toMatch(/selector/);
    expect(app.thread(push).root.text).not.toMatch(/\blive\b/);
    expect(app.threadsOf(push)).toHaveLength(1);
  });

  // The kind, what the API server refuses of a commit: test/diagnosis/rules/flux.test.ts (what Flux gives up on).
});
