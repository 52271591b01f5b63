import { describe, expect, test } from "vitest";
import { replicasOverruled } from "../../../src/diagnosis/rules/replicas-overruled.ts";
import type { KubeObject, Manager } from "../../../src/project/ports/cluster.ts";
import type { EnvironmentStatus } from "../../../src/project/project.ts";
import { unknown } from "../../../src/project/read.ts";
import { judged } from "../../builders/judged.ts";
import { condition, deployment, kustomization } from "../../builders/objects.ts";
import { said } from "../../builders/said.ts";

const READY = [condition("Ready", "True", "ReconciliationSucceeded")];
const DEPLOYMENT = "rrr_rrr_apps_Deployment";
const flux = (ids: string[] = [DEPLOYMENT], given: { conditions?: object[]; spec?: object; status?: object } = {}) => {
  const object = kustomization(given.conditions ?? READY);
  const spec = { path: "./k8s/overlays/production", ...given.spec };
  const inventory = { entries: ids.map((id) => ({ id })) };
  return { ...object, spec, status: { ...Object(object.status), inventory, ...given.status } };
};
const named = (name: string, replicas: number, kind = "Deployment"): KubeObject => ({
  ...deployment({ replicas }),
  kind,
  metadata: { name, namespace: "rrr" },
});
/** The Project says three pods now, and said one at launch. */
const found = (
  objects: KubeObject[],
  {
    remembered = {},
    replicas = 3,
    ...here
  }: Partial<Parameters<typeof judged>[0]["here"]> & {
    remembered?: Partial<EnvironmentStatus>;
    replicas?: number;
  } = {},
) =>
  judged({
    rules: [replicasOverruled],
    here: { ...here, objects, environment: { replicas } },
    status: { environments: [{ name: "production", launchedReplicas: 1, ...remembered }] },
  });

describe("replicas-overruled", () => {
  test.each<[string, KubeObject[], Parameters<typeof found>[1], string[]]>([
    ["another count stands", [deployment(), flux()], {}, ["Deployment/rrr/rrr"]],
    ["the count stands, whether its pods are ready or not", [named("rrr", 3), flux()], {}, []],
    [
      "of a StatefulSet",
      [named("rrr", 1, "StatefulSet"), flux(["rrr_rrr_apps_StatefulSet"])],
      {},
      ["StatefulSet/rrr/rrr"],
    ],
    ["the Project was never changed, whatever the repository says", [named("rrr", 5), flux()], { replicas: 1 }, []],
    [
      "it was changed and changed back",
      [named("rrr", 5), flux()],
      {
        replicas: 1,
        remembered: { scaledSince: "2026-03-01T10:00:00Z" },
      },
      ["Deployment/rrr/rrr"],
    ],
    [
      "an autoscaler of the repository's has the count",
      [deployment(), flux([DEPLOYMENT, "rrr_x_autoscaling_HorizontalPodAutoscaler"])],
      {},
      [],
    ],
    ["Flux has not looked yet", [deployment(), flux(undefined, { status: { observedGeneration: 0 } })], {}, []],
    ["Flux has applied nothing yet", [deployment(), kustomization(READY)], {}, []],
    [
      "Flux fails",
      [deployment(), flux(undefined, { conditions: [condition("Ready", "False", "BuildFailed")] })],
      {},
      [],
    ],
    ["Flux is suspended", [deployment(), flux(undefined, { spec: { suspend: true } })], {}, []],
    [
      "nothing has the project's name",
      [named("web", 1), flux(["rrr_web_apps_Deployment"])],
      {},
      ["environment/production"],
    ],
    [
      "nothing but a DaemonSet has the name",
      [named("rrr", 1, "DaemonSet"), flux(["rrr_rrr_apps_DaemonSet"])],
      {},
      ["environment/production"],
    ],
    ["an overlay's prefix has come to the name", [named("a-rrr", 3), flux(["rrr_a-rrr_apps_Deployment"])], {}, []],
    [
      "others have counts of their own",
      [named("rrr", 3), named("worker", 1), flux([DEPLOYMENT, "rrr_worker_apps_Deployment"])],
      {},
      [],
    ],
  ])("%s", (_, objects, given, subjects) =>
    expect(found(objects, given).findings.map(({ subject }) => subject)).toEqual(subjects),
  );

  test("cannot be told while the workloads cannot be read", () => {
    expect(found([flux()], { unread: { Deployment: unknown("403") } })).toMatchObject({
      findings: [],
      unknown: [{ code: "replicas-overruled", reason: "403" }],
    });
  });

  test.each<[string, string[] | undefined, string, RegExp, RegExp]>([
    ["the overlay", ["kustomize-controller"], "overlay", /replicas in the overlay overrides it/, /Remove replicas/],
    [
      "nobody, where nobody has signed it",
      [],
      "unsigned",
      /someone set that in the cluster, for example with kubectl scale/,
      /within 10 min/,
    ],
    [
      "nobody, where that cannot be read",
      undefined,
      "unread",
      /Slipway cannot read who set that/,
      /^Find out who sets it: kubectl -n rrr get deployment rrr/,
    ],
    [
      "an autoscaler made by hand",
      ["kustomize-controller", "kube-controller-manager"],
      "autoscaler",
      /autoscaler/,
      /k8s\//,
    ],
    ["a person", ["kustomize-controller", "kubectl"], "hand", /kubectl set that by hand/, /within 10 min/],
  ])("names %s", (_, managers, whose, cause, fix) => {
    const signed = managers?.map((name) => ({ name, operation: "Update", fields: ["spec.replicas"] }));
    const handlers: Record<string, Manager[]> = signed ? { "Deployment/rrr/rrr": signed } : {};
    const [finding] = found([deployment(), flux()], { handlers }).findings;
    expect(finding).toMatchObject({
      evidence: "Deployment rrr/rrr: spec.replicas is 1",
      params: { environment: "production", wanted: 3, count: 1, kind: "Deployment", whose },
    });
    expect(said(finding).cause).toMatch(/^The Project sets 3 pods, but Deployment rrr is set to 1 pod: /);
    expect(said(finding).cause).toMatch(cause);
    expect(said(finding).fix).toMatch(fix);
  });

  test("says what it went to where nothing has the name", () => {
    const [finding] = found([named("web", 1), flux(["rrr_web_apps_Deployment"])]).findings;
    expect(finding?.evidence).toBe("./k8s/overlays/production has no Deployment or StatefulSet named rrr");
    expect(said(finding).cause).toBe(
      "The Project sets 3 pods for the Deployment or StatefulSet named rrr, which does not exist.",
    );
  });
});
