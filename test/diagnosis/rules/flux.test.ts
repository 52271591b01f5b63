import { describe, expect, test } from "vitest";
import { fluxSourceFailed } from "../../../src/diagnosis/rules/flux-source-failed.ts";
import { fluxSourceTimeout } from "../../../src/diagnosis/rules/flux-source-timeout.ts";
import { rules } from "../../../src/diagnosis/rules/index.ts";
import type { KubeObject, Manager } from "../../../src/project/ports/cluster.ts";
import type { EnvironmentStatus } from "../../../src/project/project.ts";
import { unknown } from "../../../src/project/read.ts";
import { codes, judged } from "../../builders/judged.ts";
import { condition, deployment, kustomization } from "../../builders/objects.ts";
import { at, NOW } from "../../builders/project.ts";
import { ofKind, recorded } from "../../builders/recorded.ts";
import { SHA } from "../../builders/run.ts";
import { said } from "../../builders/said.ts";

const found = (...objects: KubeObject[]) => codes({ here: { objects } });
/** Beside the rest that would be said of a recording which is not all of a launch. */
const fluxRules = rules.filter(({ code }) => code.startsWith("flux-"));
const timedOut =
  "failed to checkout and determine revision: unable to list remote for 'https://github.com/acme/rrr': Get \"https://github.com/acme/rrr/info/refs?service=git-upload-pack\": dial tcp 20.205.243.166:443: i/o timeout";
const source = (given: { name?: string; spec?: object; artifact?: object }, ...conditions: object[]): KubeObject => ({
  apiVersion: "source.toolkit.fluxcd.io/v1",
  kind: "GitRepository",
  metadata: { name: given.name ?? "rrr", namespace: "rrr", generation: 1 },
  spec: { url: "https://github.com/acme/rrr", ...given.spec },
  status: { conditions, ...(given.artifact ? { artifact: given.artifact } : {}) },
});
const failed = (message = timedOut) => condition("Ready", "False", "GitOperationFailed", message);

describe("flux-source-timeout", () => {
  const sources = (name: string) => ofKind(recorded(name), "GitRepository");

  test("is what a real Flux says when its way to git is cut, with and without an artifact, failed and trying again", () => {
    expect(sources("source-cut").map((each) => [each.metadata.name, found(each)])).toEqual([
      ["fresh", ["warn flux-source-timeout"]],
      ["app", ["warn flux-source-timeout"]],
    ]);
    const [app] = sources("source-cut").filter(({ metadata }) => metadata.name === "app");
    expect(judged({ here: { objects: [app ?? expect.fail()] } }).findings).toMatchObject([
      {
        subject: "GitRepository/record-ok/rrr",
        since: new Date("2026-11-24T22:36:44Z"),
        evidence: expect.stringContaining("context deadline exceeded"),
        params: { artifact: "yes" },
      },
    ]);
  });

  test("is over once a real Flux has fetched again", () => {
    for (const name of ["launch-ready", "build-failed", "path-missing"])
      for (const each of sources(name)) expect(found(each)).toEqual([]);
  });

  test("is not what a real Flux says of a wrong password, a missing branch, a refused port or an unknown host", () => {
    const others = [...sources("sources-failing"), ...sources("source-missing")];
    expect(others.length).toBeGreaterThan(6);
    expect(others.map((each) => [each.metadata.name, found(each)])).toEqual(
      others.map(({ metadata: { name } }) => [name, name === "authok" ? [] : ["warn flux-source-failed"]]),
    );
  });

  test("names the address that did not answer, and whether something was fetched before", () => {
    const params = (...given: Parameters<typeof source>) =>
      judged({ here: { objects: [source(...given)] } }).findings[0]?.params;
    expect(params({}, failed())).toEqual({
      url: "https://github.com/acme/rrr",
      address: "20.205.243.166:443",
      artifact: "",
      reason: "GitOperationFailed",
      running: "",
    });
    expect(params({ artifact: { revision: `main@sha1:${SHA}` } }, failed())).toMatchObject({ artifact: "yes" });
  });

  test("says that something runs only where pods of it are seen to be ready", () => {
    const running = (...objects: KubeObject[]) =>
      judged({ here: { objects: [source({}, failed()), ...objects] } }).findings[0]?.params?.running;
    expect(running(deployment())).toBe("yes");
    expect(running(deployment({ status: { readyReplicas: 0, availableReplicas: 0, updatedReplicas: 0 } }))).toBe("");
    expect(running(deployment({ replicas: 0 }))).toBe("");
    expect(running()).toBe("");
  });

  test("knows that something was fetched by the tag that was given out, though the source is new", () => {
    const status = { environments: [{ name: "production", tag: "3f2a91c0aa11" }] };
    const { findings } = judged({ here: { objects: [source({}, failed())] }, status });
    expect(findings).toMatchObject([{ params: { artifact: "yes" } }]);
  });

  const fetchFailed = condition("FetchFailed", "True", "GitOperationFailed", timedOut);
  test.each<[string, object[], string[]]>([
    ["while it tries again", [condition("Ready", "Unknown", "Progressing"), fetchFailed], ["warn flux-source-timeout"]],
    [
      "when an old failure is withdrawn",
      [condition("Ready", "Unknown", "Progressing"), condition("FetchFailed", "False", "Succeeded", timedOut)],
      [],
    ],
    [
      "when another thing failed since",
      [condition("Ready", "False", "StorageOperationFailed", "no space left"), fetchFailed],
      ["warn flux-source-failed"],
    ],
    ["before Flux has looked", [], []],
  ])("%s", (_, conditions, wanted) => expect(found(source({}, ...conditions))).toEqual(wanted));

  test.each([
    "dial tcp 20.205.243.166:443: i/o timeout",
    "context deadline exceeded",
    "net/http: request canceled (Client.Timeout exceeded while awaiting headers)",
    "net/http: TLS handshake timeout",
  ])("is told of %s, and the general failure not beside it", (message) =>
    expect(found(source({}, failed(message)))).toEqual(["warn flux-source-timeout"]),
  );

  test("is one trouble though several sources have it, told of the branch's", () => {
    const held = source({ name: "rrr-3f2a91c0aa11" }, failed());
    for (const objects of [[held], [held, source({}, failed())], [source({}, failed()), held]])
      expect(judged({ here: { objects } }).findings.map(({ subject }) => subject)).toEqual(["GitRepository/rrr/rrr"]);
  });

  test("keeps of a long message its end, where the cause is", () => {
    const message = timedOut.replace("Get ", `${"a proxy said something of it, ".repeat(20)}Get `);
    const [found] = judged({ here: { objects: [source({}, failed(message))] } }).findings;
    expect(found?.evidence).toMatch(/^failed to checkout.*dial tcp 20\.205\.243\.166:443: i\/o timeout$/);
  });

  test("counts by the cluster's events where they can be read", () => {
    const event = (reason: string, count: number): KubeObject => ({
      apiVersion: "v1",
      kind: "Event",
      metadata: { name: reason },
      involvedObject: { kind: "GitRepository", name: "rrr" },
      type: "Warning",
      reason,
      count,
    });
    const countOf = (events: KubeObject[], unread = {}) =>
      judged({ here: { objects: [source({}, failed()), ...events], unread } }).findings[0]?.count;
    expect(countOf([event("GitOperationFailed", 14), event("Other", 99)])).toBe(14);
    expect(countOf([])).toBeUndefined();
    expect(countOf([], { Event: unknown("403") })).toBeUndefined();
  });

  test("holds for each environment by itself", () => {
    const bad = { objects: [source({}, failed())] };
    const blind = { environment: { name: "staging" }, unread: { GitRepository: unknown("403") } };
    const { findings, unknown: unseen } = judged({ rules: [fluxSourceTimeout, fluxSourceFailed], here: [bad, blind] });
    expect(findings.map(({ code, environment }) => [code, environment])).toEqual([
      ["flux-source-timeout", "production"],
    ]);
    expect(unseen.map(({ code, environment }) => [code, environment])).toEqual([
      ["flux-source-timeout", "staging"],
      ["flux-source-failed", "staging"],
    ]);
  });
});

describe("flux-source-failed", () => {
  test("is told whatever the reason, in Flux's words, once it has lasted a moment", () => {
    const { findings } = judged({ here: { objects: [source({}, failed("authentication required"))] } });
    expect(findings).toMatchObject([
      {
        code: "flux-source-failed",
        subject: "GitRepository/rrr/rrr",
        evidence: "authentication required",
        since: NOW,
        confirm: { milliseconds: 10_000 },
        params: { reason: "GitOperationFailed", url: "https://github.com/acme/rrr" },
      },
    ]);
  });

  test("is not told of a source that somebody has suspended: that is the cause", () => {
    expect(found(source({ spec: { suspend: true } }, failed()))).toEqual(["warn flux-suspended"]);
  });
});

describe("what Flux gives up on", () => {
  const ready = (reason: string, message = "") => kustomization([condition("Ready", "False", reason, message)]);

  test.each<[string, string[]]>([
    ["build-failed", ["fail flux-build-failed"]],
    ["apply-forbidden", ["fail flux-apply-failed"]],
    ["kind-unknown", ["fail flux-apply-failed"]],
    ["path-missing", ["fail flux-path-missing"]],
    ["launch-ready", []],
  ])("as a real Flux said it: %s", (name, wanted) => {
    expect(
      codes({ here: { name: "app", objects: ofKind(recorded(name), "Kustomization") }, rules: fluxRules }),
    ).toEqual(wanted);
  });

  test("is not a source that is not there yet, as a real Flux said it", () => {
    for (const each of ofKind(recorded("source-missing"), "Kustomization"))
      expect(codes({ here: { name: each.metadata.name, objects: [each] } })).toEqual([]);
  });

  test("is what does not get ready in time, as a real Flux said it", () => {
    const objects = ofKind(recorded("image-missing"), "Kustomization");
    expect(codes({ here: { name: "app", objects }, rules: fluxRules })).toEqual(["fail flux-health-timeout"]);
  });

  test.each<[string, KubeObject, string[]]>([
    ["cannot build", ready("BuildFailed"), ["fail flux-build-failed"]],
    ["may not apply", ready("ReconciliationFailed"), ["fail flux-apply-failed"]],
    ["may not remove", ready("PruneFailed"), ["fail flux-apply-failed"]],
    ["waited in vain", ready("HealthCheckFailed"), ["fail flux-health-timeout"]],
    ["finds no manifests", ready("ArtifactFailed", "kustomization path not found: stat x"), ["fail flux-path-missing"]],
    ["has no artifact yet", ready("ArtifactFailed", "Source artifact not found, retrying in 30s"), []],
    ["waits for what it depends on", ready("DependencyNotReady"), []],
    ["spoke of an older spec", kustomization([condition("Ready", "False", "BuildFailed")], 2), []],
    [
      "is looking again",
      kustomization([condition("Ready", "False", "Progressing"), condition("Reconciling", "True", "Progressing")]),
      [],
    ],
  ])("where Flux %s", (_, object, wanted) => expect(found(object)).toEqual(wanted));

  /** As the API server and Flux word it. https://github.com/fluxcd/pkg/blob/main/ssa/errors/dry_run.go */
  const labels = Array.from({ length: 9 }, (_, index) => `"app.kubernetes.io/label-${index}":"rrr"`).join(", ");
  test.each<[string, string, string, string[]]>([
    [
      "a field that cannot be changed",
      "ReconciliationFailed",
      `Deployment/rrr/rrr dry-run failed (Invalid): Deployment.apps "rrr" is invalid: spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{${labels}}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable\n`,
      ["Deployment/rrr/rrr", "spec.selector", "field is immutable"],
    ],
    [
      "an unknown field",
      "ReconciliationFailed",
      "Deployment/rrr/rrr dry-run failed: failed to create typed patch object (rrr/rrr; apps/v1, Kind=Deployment): .spec.template.spec.container: field not declared in schema\n",
      ["Deployment/rrr/rrr", ".spec.template.spec.container", "not declared"],
    ],
    [
      "an unknown kind",
      "ReconciliationFailed",
      'HTTPRoute/rrr/web dry-run failed: no matches for kind "HTTPRoute" in version "gateway.networking.k8s.io/v1"\n',
      ["HTTPRoute/rrr/web", "no matches for kind"],
    ],
    [
      "what is forbidden",
      "ReconciliationFailed",
      'ClusterRole/all dry-run failed (Forbidden): clusterroles.rbac.authorization.k8s.io "all" is forbidden: User "system:serviceaccount:rrr:slipway" cannot patch resource "clusterroles" in API group "rbac.authorization.k8s.io" at the cluster scope\n',
      ["ClusterRole/all", "cannot patch resource", "at the cluster scope"],
    ],
    [
      "what is beyond a quota",
      "ReconciliationFailed",
      'Service/rrr/web dry-run failed (Forbidden): services "web" is forbidden: exceeded quota: team, requested: count/services=1, used: count/services=5, limited: count/services=5\n',
      ["Service/rrr/web", "exceeded quota: team", "limited: count/services=5"],
    ],
    [
      "what a webhook denies",
      "ReconciliationFailed",
      'Deployment/rrr/rrr dry-run failed (Forbidden): admission webhook "validate.kyverno.svc-fail" denied the request: resource Deployment/rrr/rrr was blocked due to the following policies: require-limits: limits are required\n',
      ["Deployment/rrr/rrr", 'webhook "validate.kyverno.svc-fail"', "limits are required"],
    ],
    [
      "two objects of one name",
      "BuildFailed",
      "kustomize build failed: accumulating resources: accumulation err='merging resources from 'b.yaml': may not add resource with an already registered id: Deployment.v1.apps/rrr.[noNs]': must build at directory",
      ["b.yaml", "already registered id: Deployment.v1.apps/rrr"],
    ],
  ])("names the object and the reason of %s, however long it is", (_, reason, message, parts) => {
    const [found] = judged({ here: { objects: [ready(reason, message)] } }).findings;
    expect(found?.evidence.length).toBeLessThanOrEqual(300);
    for (const part of parts) expect(found?.evidence).toContain(part);
  });

  test("says which object was refused and which had been applied by then", () => {
    const refusal = "Deployment/rrr/rrr dry-run failed (Invalid): spec.selector: field is immutable";
    const [found] = judged({
      here: {
        objects: [
          ready("ReconciliationFailed", `${refusal}\nServiceAccount/rrr/web created\nService/rrr/rrr configured\n`),
        ],
      },
    }).findings;
    expect(found).toMatchObject({
      evidence: refusal,
      params: { applied: "ServiceAccount/rrr/web, Service/rrr/rrr" },
    });
    expect(said(found).cause).toContain("Before that, Flux applied ServiceAccount");
    const [none] = judged({ here: { objects: [ready("ReconciliationFailed", `${refusal}\n`)] } }).findings;
    expect(none).toMatchObject({ evidence: refusal, params: { applied: "" } });
  });

  test("is told in words that are the same with each try, with where in the repository", () => {
    const said = (temporary: number) => {
      const message = `open /tmp/kustomization-${temporary}/k8s/overlays/production/nope.yaml: no such file or directory`;
      const object = { ...ready("BuildFailed", message), spec: { path: "./k8s/overlays/production" } };
      return judged({ here: { objects: [object] } }).findings[0];
    };
    expect(said(1_234)?.evidence).toBe(said(98_765)?.evidence);
    expect(said(1_234)).toMatchObject({
      subject: "Kustomization/rrr/rrr",
      stage: "rollout",
      evidence: "open /k8s/overlays/production/nope.yaml: no such file or directory",
      params: { environment: "production", path: "k8s/overlays/production" },
      since: NOW,
    });
  });
});

describe("flux-suspended", () => {
  const still = (suspend: boolean): KubeObject => ({ ...kustomization([]), spec: { suspend } });
  const judge = (objects: KubeObject[], environments: EnvironmentStatus[], by: Manager[] = []) =>
    judged({
      here: { objects, handlers: { "GitRepository/rrr/rrr": by, "Kustomization/rrr/rrr": by } },
      status: { environments },
    }).findings;
  const released = [{ name: "production", released: SHA }];

  test.each<[string, KubeObject[], EnvironmentStatus[], string[]]>([
    ["a source", [source({ spec: { suspend: true } })], [], ["GitRepository/rrr/rrr"]],
    [
      "a source that is held at a commit",
      [source({ name: "rrr-3f2a91c0aa11", spec: { suspend: true } })],
      [],
      ["GitRepository/rrr/rrr-3f2a91c0aa11"],
    ],
    ["what Flux applies", [still(true)], released, ["Kustomization/rrr/rrr"]],
    [
      "both",
      [source({ spec: { suspend: true } }), still(true)],
      released,
      ["GitRepository/rrr/rrr", "Kustomization/rrr/rrr"],
    ],
    ["nothing", [source({}), still(false)], released, []],
    ["what was made that way and waits for its first image", [still(true)], [], []],
    ["it while only another environment has its image", [still(true)], [{ name: "staging", released: SHA }], []],
  ])("is told of %s", (_, objects, environments, subjects) => {
    const findings = judge(objects, environments);
    expect(findings.map(({ code, subject }) => [code, subject])).toEqual(
      subjects.map((subject) => ["flux-suspended", subject]),
    );
  });

  test("names who did it last, and when, where that is known", () => {
    const by = [
      { name: "slipway", operation: "Apply", fields: ["spec.interval"] },
      { name: "flux", operation: "Update", fields: ["spec.suspend"], at: at(5) },
      { name: "source-controller", operation: "Update", fields: ["status.conditions"] },
    ];
    expect(judge([source({ spec: { suspend: true } })], [], by)).toMatchObject([
      { params: { kind: "GitRepository", name: "rrr", namespace: "rrr", by: "flux" }, since: at(5) },
    ]);
    const [unnamed] = judge([source({ spec: { suspend: true } })], []);
    expect(unnamed).toMatchObject({ params: { by: "" } });
    expect(unnamed).not.toHaveProperty("since");
  });
});
