import { afterAll, beforeAll, describe, test } from "vitest";
import { until } from "../cluster/until.ts";
import type { Application } from "../team/application.ts";
import type { Push } from "../team/checkout.ts";
import { fieldOf } from "../team/field-of.ts";
import { startTeam } from "../team/start-team.ts";
import type { Team } from "../team/team.ts";

const WORKFLOW = ".github/workflows/build.yml";
const DEPLOYMENT = "k8s/base/deployment.yaml";
const OVERLAY = "k8s/overlays/production/kustomization.yaml";
const IN_PROGRESS = /◐|deploying|launching/;
const BUILT = /✔ Image/;

let team: Team;

beforeAll(async () => {
  team = await startTeam();
});
afterAll(async () => await team?.close());

/** Why a container of any pod waits, by the container's name. */
function waiting(app: Application, container: string): string | undefined {
  return app
    .objects("v1", "Pod")
    .flatMap((pod) => [fieldOf(pod, "status", "containerStatuses") ?? []].flat())
    .filter((status) => fieldOf(status, "name") === container)
    .map((status) => fieldOf(status, "state", "waiting", "reason"))
    .find((reason) => typeof reason === "string");
}

describe.concurrent("a container beside the application's whose image is not there", () => {
  let app: Application;
  let push: Push;

  beforeAll(async () => {
    app = await team.launch("side-app");
    const work = await app.clone();
    await work.edit(
      DEPLOYMENT,
      (text) =>
        // With an hour's patience, so that it is not the end of Kubernetes' patience that is told.
        `${text.replace("spec:\n", "spec:\n  progressDeadlineSeconds: 3600\n").trimEnd()}
        - name: proxy
          image: ghcr.io/acme/no-such-image:1
          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
`,
    );
    push = await work.push("Something beside it");
    await app.untilRun(push, "completed");
    await until(90, "the node to refuse the image", () => /Pull/.test(waiting(app, "proxy") ?? ""));
  });

  test("is named as soon as the node has said so, with its image", async ({ expect }) => {
    await expect.poll(() => app.thread(push).text).toMatch(/\bproxy\b/);
    await expect.poll(() => app.thread(push).text).toMatch(/no-such-image/);
  });

  test("pods of the version before do not count as ready", async ({ expect }) => {
    await expect.poll(() => app.thread(push).text).toMatch(/\d+ of \d+ pod|\bproxy\b/);
    await app.rest();
    expect(app.thread(push).ever).not.toMatch(/[1-9]\d* of \d+ pod/);
  });

  test("is not live", async ({ expect }) => {
    await expect.poll(() => app.thread(push).root.text).toMatch(BUILT);
    await app.rest();
    expect(app.thread(push).ever).not.toMatch(/\blive\b/);
  });

  // The kind: each container of a pod. Held by test/diagnosis/rules/containers.test.ts and test/facts/workload.test.ts.
});

describe.concurrent("the Deployment becomes a StatefulSet", () => {
  let app: Application;
  let push: Push;

  beforeAll(async () => {
    app = await team.launch("sts-app");
    const work = await app.clone();
    await work.edit(DEPLOYMENT, (text) =>
      text
        .replace("kind: Deployment", "kind: StatefulSet")
        .replace(/ {2}strategy:\n {4}rollingUpdate:\n {6}maxUnavailable: 0\n/, "  serviceName: sts-app\n"),
    );
    push = await work.push("A volume for each");
    await app.untilRun(push, "completed");
    await until(90, "the StatefulSet", () => app.object("apps/v1", "StatefulSet"));
  });

  test("goes live by the StatefulSet's pod", async ({ expect }) => {
    await expect.poll(() => fieldOf(app.object("apps/v1", "StatefulSet"), "status", "readyReplicas")).toBe(1);
    await expect.poll(() => app.thread(push).root.text).toMatch(/\blive\b/);
  });

  test("is not live before that pod is ready", async ({ expect }) => {
    await expect.poll(() => app.thread(push).root.text).toMatch(BUILT);
    await app.rest();
    if (fieldOf(app.object("apps/v1", "StatefulSet"), "status", "readyReplicas") !== 1)
      expect(app.thread(push).ever).not.toMatch(/\blive\b/);
  });

  // The kind: a workload like any other. Held by test/facts/workload.test.ts, test/steps/rollout.test.ts and test/diagnosis/rules/jobs.test.ts.
});

describe.concurrent("the Deployment runs another image than the project's", () => {
  let app: Application;
  let push: Push;

  beforeAll(async () => {
    app = await team.launch("mono-app");
    const work = await app.clone();
    await work.edit(WORKFLOW, (text) =>
      text.replace(
        /tags: "(ghcr\.io\/acme\/mono-app):(\$\{\{[^"]*\}\})"/,
        "tags: |\n            $1:$2\n            $1/web:$2",
      ),
    );
    await work.edit(DEPLOYMENT, (text) =>
      text
        .replace("spec:\n", "spec:\n  progressDeadlineSeconds: 3600\n")
        .replace(/image: "?ghcr\.io\/acme\/mono-app"?/, "image: ghcr.io/acme/mono-app/web:stable"),
    );
    push = await work.push("The web part has an image of its own");
    await app.untilRun(push, "completed");
    await until(90, "the node to refuse the image", () => /Pull/.test(waiting(app, "app") ?? ""));
  });

  test("that is told: what was built, and what is asked for", async ({ expect }) => {
    await expect.poll(() => app.thread(push).text).toMatch(/acme\/mono-app\/web/);
    expect(app.thread(push).text).toContain(push.tag);
  });

  test("and what the pod says of it", async ({ expect }) => {
    await expect.poll(() => app.thread(push).text).toMatch(/web:stable.*not found|not found.*web:stable/is);
  });

  test("it is not live", async ({ expect }) => {
    await expect.poll(() => app.thread(push).root.text).toMatch(BUILT);
    await app.rest();
    expect(app.thread(push).ever).not.toMatch(/\blive\b/);
  });

  // The kind: which workload runs the project's image. Held by test/diagnosis/rules/images.test.ts and test/steps/rollout.test.ts.
});

describe.concurrent("a push that asks for no pods", () => {
  let app: Application;
  let push: Push;

  beforeAll(async () => {
    app = await team.launch("zero-app");
    const work = await app.clone();
    await work.edit(OVERLAY, (text) => text.replace(/value: \d+/, "value: 0"));
    push = await work.push("Asleep over the weekend");
    await app.untilRun(push, "completed");
    await until(90, "no pods", () => app.images().length === 0);
  });

  test("is told as that, and that the URL does not answer", async ({ expect }) => {
    await expect.poll(() => app.thread(push).text).toMatch(/\b(0|no) (pods|replicas)|scaled to (0|zero)/i);
    await expect.poll(() => app.thread(push).text).toMatch(/not answer|answers 503|unreachable|not reach/i);
  });

  test("comes to an end", async ({ expect }) => {
    await expect.poll(() => app.thread(push).root.text).not.toMatch(IN_PROGRESS);
  });

  test("has not failed, and calls nobody", async ({ expect }) => {
    await expect.poll(() => app.thread(push).root.text).not.toMatch(IN_PROGRESS);
    expect(app.thread(push).ever).not.toMatch(/\bfailed\b/i);
    expect(app.thread(push).ever).not.toMatch(/is live at/);
    expect(app.thread(push).pings).toBe(false);
  });

  // The kind: a workload at zero. Held by test/diagnosis/rules/pods.test.ts, test/steps/route.test.ts and test/controller/scaling.test.ts.
});

describe.concurrent("a second Deployment that cannot pull its image", () => {
  let app: Application;
  let push: Push;

  beforeAll(async () => {
    app = await team.launch("pair-app");
    const work = await app.clone();
    await work.write(
      "k8s/base/cache.yaml",
      `apiVersion: apps/v1
kind: Deployment
metadata:
  name: cache
spec:
  progressDeadlineSeconds: 3600
  selector: {matchLabels: {app: cache}}
  template:
    metadata: {labels: {app: cache}}
    spec:
      containers:
        - name: cache
          image: ghcr.io/acme/no-such-image:7
`,
    );
    await work.edit("k8s/base/kustomization.yaml", (text) => `${text.trimEnd()}\n  - cache.yaml\n`);
    push = await work.push("Something to remember with");
    await app.untilRun(push, "completed");
    await until(90, "the node to refuse the image", () => /Pull/.test(waiting(app, "cache") ?? ""));
  });

  test("is told as one of two, and named", async ({ expect }) => {
    await expect.poll(() => app.thread(push).text).toMatch(/1 of 2/);
    await expect.poll(() => app.thread(push).text).toMatch(/\bcache\b/);
  });

  test("is not live", async ({ expect }) => {
    await expect.poll(() => app.thread(push).text).toMatch(/1 of 2|\blive\b/);
    await app.rest();
    expect(app.thread(push).ever).not.toMatch(/\blive\b/);
  });

  // The kind: several workloads. Held by test/steps/rollout.test.ts and test/facts/workloads-applied.test.ts.
});

describe.concurrent("pushes that are overtaken", () => {
  let app: Application;
  let slow: Push;
  let third: Push;
  let fourth: Push;
  let fifth: Push;

  beforeAll(async () => {
    app = await team.launch("fast-app");
    const work = await app.clone();
    const patient = "readinessProbe:\n            initialDelaySeconds: 500\n";
    await work.edit(DEPLOYMENT, (text) =>
      text.replace("spec:\n", "spec:\n  progressDeadlineSeconds: 3600\n").replace("readinessProbe:\n", patient),
    );
    await work.code();
    slow = await work.push("B takes long to be ready");
    await app.untilRun(slow, "completed");
    await until(90, "its pod", () => app.images().some((image) => image.endsWith(slow.tag)));
    await work.edit(DEPLOYMENT, (text) => text.replace(patient, "readinessProbe:\n"));
    await work.code();
    third = await work.push("C does not");
    await app.untilRun(third, "completed");
    await until(90, "C", () => app.images().every((image) => image.endsWith(third.tag)));
    await app.settle(third, 30);
    fourth = await work.push("D at once");
    fifth = await work.push("E a second later");
    await app.untilRun(fifth, "completed");
  });

  test("the newer one goes live", async ({ expect }) => {
    for (const push of [third, fifth]) await expect.poll(() => app.thread(push).root.text).toMatch(/\blive\b/);
    await expect.poll(() => app.images()).toEqual([expect.stringContaining(fifth.tag)]);
  });

  test("the older one is told as overtaken, and calls nobody", async ({ expect }) => {
    for (const push of [slow, fourth]) {
      await expect.poll(() => app.thread(push).root.text).toMatch(/supersed|overtaken|newer/i);
      expect(app.threadsOf(push)).toHaveLength(1);
      expect(app.thread(push).ever).not.toMatch(/\bfailed\b/i);
      expect(app.thread(push).pings).toBe(false);
    }
  });

  test("its rows are at rest", async ({ expect }) => {
    for (const push of [slow, fourth]) {
      await expect.poll(() => app.thread(push).root.text).toMatch(/supersed|overtaken|newer/i);
      expect(app.thread(push).root.text).not.toMatch(IN_PROGRESS);
    }
  });

  // The kind: several deploys at once. Held by test/controller/overtaking.test.ts.
});
