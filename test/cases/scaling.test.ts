import { readFileSync } from "node:fs";
import { CustomObjectsApi, KubeConfig } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, test } from "vitest";
import { until } from "../cluster/until.ts";
import type { Application } from "../team/application.ts";
import { startTeam } from "../team/start-team.ts";
import type { Team } from "../team/team.ts";

const OVERLAY = "k8s/overlays/production/kustomization.yaml";
const FLUX_KUSTOMIZATION = "kustomize.toolkit.fluxcd.io/v1";

let team: Team;

beforeAll(async () => {
  team = await startTeam();
});
afterAll(async () => await team?.close());

/** What the guide has an operator type, of another project and with another count. */
async function scale(app: Application, count: number): Promise<void> {
  const guide = readFileSync(new URL("../../docs/guide/operations.md", import.meta.url), "utf8");
  const typed = /^\$ kubectl -n (\S+) patch project rrr --type json -p '\[(.*)\]'$/m.exec(guide);
  const [, namespace = "", operation = "{}"] = typed ?? [];
  const config = new KubeConfig();
  config.loadFromString(team.sandbox.cluster.kubeconfig);
  // As `--type json` does, which is what this client says of a custom object's patch unless told otherwise.
  await config.makeApiClient(CustomObjectsApi).patchNamespacedCustomObject({
    ...{ group: "slipway.dev", version: "v1alpha1", plural: "projects", namespace, name: app.name },
    body: [{ ...JSON.parse(operation), value: count }],
  });
}

const kustomization = (app: Application) => JSON.stringify(app.object(FLUX_KUSTOMIZATION, "Kustomization")?.spec);

describe.concurrent("the Project asks for another count of pods", () => {
  let app: Application;
  let before: number;

  beforeAll(async () => {
    app = await team.launch("more-app");
    await app.rest();
    before = app.threads().length;
  });

  describe("and another, and the first again", { concurrent: false }, () => {
    for (const count of [3, 0, 1])
      test(`${count} run`, async ({ expect }) => {
        await scale(app, count);
        await expect.poll(() => app.replicas()).toBe(count);
        await expect.poll(() => app.images()).toHaveLength(count);
        const said = `${count} of ${count === 1 ? "1 pod" : `${count} pods`} ready`;
        await expect.poll(() => app.ask("status"), { interval: 3_000 }).toContain(said);
      });

    test("that is no deploy, and no thread of its own", async ({ expect }) => {
      await app.rest();
      expect(app.threads()).toHaveLength(before);
      expect(app.text()).not.toMatch(/\bfailed\b/i);
    });
  });

  // The kind: who says how many pods run. Held by test/steps/release.test.ts, test/steps/replica-patch.test.ts, test/diagnosis/rules/replicas-overruled.test.ts and test/controller/scaling.test.ts.
});

describe.concurrent("a push changes the count, of a Project that has never said another", () => {
  let app: Application;

  beforeAll(async () => {
    app = await team.launch("git-app");
    const work = await app.clone();
    await work.edit(OVERLAY, (text) => text.replace(/value: \d+/, "value: 2"));
    await app.settle(await work.push("Run two pods"));
  });

  test("takes effect, and after the Project has said one that does", { concurrent: false }, async ({ expect }) => {
    await expect.poll(() => app.replicas()).toBe(2);
    await scale(app, 3);
    await expect.poll(() => app.replicas()).toBe(3);
    expect(app.text()).not.toMatch(/another count/i);
  });
});

describe.concurrent("an overlay has a count in kustomize's replicas, as those of earlier versions", () => {
  let app: Application;

  beforeAll(async () => {
    app = await team.launch("old-app");
    const work = await app.clone();
    await work.edit(OVERLAY, (text) =>
      text.replace(/patches:[\s\S]*$/, "replicas:\n  - { name: old-app, count: 2 }\n"),
    );
    await app.settle(await work.push("Count as before"));
    await until(60, "two pods", () => app.replicas() === 2);
    await scale(app, 3);
  });

  test("it has the last word, which is told with what to do", async ({ expect }) => {
    await expect.poll(() => app.text()).toMatch(/Project sets 3 pods, but .* is set to 2 pods/s);
    await expect.poll(() => app.text()).toMatch(/Remove replicas from k8s\/overlays\/production\/kustomization\.yaml/);
    expect(app.replicas()).toBe(2);
    await expect.poll(() => app.ask("status"), { interval: 3_000 }).toContain("2 of 2 pods ready");
  });
});

describe.concurrent("a push brings an autoscaler", () => {
  let app: Application;

  beforeAll(async () => {
    app = await team.launch("auto-app");
    await scale(app, 3);
    await until(60, "three pods", () => app.replicas() === 3);
    const work = await app.clone();
    await work.write("k8s/base/autoscaler.yaml", AUTOSCALER);
    await work.edit("k8s/base/kustomization.yaml", (text) => `${text}  - autoscaler.yaml\n`);
    await work.edit(OVERLAY, (text) => text.replace(/patches:[\s\S]*$/, ""));
    await app.settle(await work.push("As many as are needed"));
  });

  test("the count is left to it, and nothing is said against it", async ({ expect }) => {
    await expect.poll(() => kustomization(app)).not.toContain("/spec/replicas");
    team.store.mergePatch(
      { apiVersion: "apps/v1", kind: "Deployment", namespace: app.name, name: app.name },
      { spec: { replicas: 5 } },
    );
    await scale(app, 2);
    await app.rest();
    expect(kustomization(app)).not.toContain("/spec/replicas");
    expect(app.replicas()).toBe(5);
    expect(app.text()).not.toMatch(/another count/i);
  });
});

const AUTOSCALER = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: auto-app
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: auto-app }
  minReplicas: 2
  maxReplicas: 6
  metrics:
    - type: Resource
      resource: { name: cpu, target: { type: Utilization, averageUtilization: 80 } }
`;
