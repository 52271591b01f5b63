import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kustomizationOf } from "../../src/facts/kustomization.ts";
import { KINDS } from "../../src/project/kinds.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import { condition, kustomization } from "../builders/objects.ts";
import { ofKind, recorded } from "../builders/recorded.ts";

const HEAD = "119b8df60f1f4d9a5b2904e1197c2003423d361b";
const read = (name: string) => ofKind(recorded(name), "Kustomization").map(kustomizationOf);
const applying = (status: object): KubeObject => ({ ...kustomization([]), status });

describe("a Kustomization", () => {
  test("as a real Flux had applied it names the commit, and what it applied", () => {
    expect(read("launch-ready")).toMatchObject([
      {
        applied: HEAD,
        attempted: HEAD,
        observed: true,
        failure: undefined,
        inventory: [
          { kind: "Service", group: "", namespace: "record-ok", name: "web" },
          { kind: "Deployment", group: "apps", namespace: "record-ok", name: "web" },
          { kind: "Ingress", group: "networking.k8s.io", namespace: "record-ok", name: "web" },
        ],
      },
    ]);
  });

  test.each([
    ["build-failed", ["BuildFailed"]],
    ["apply-forbidden", ["ReconciliationFailed"]],
    ["kind-unknown", ["ReconciliationFailed"]],
    ["path-missing", ["ArtifactFailed"]],
    ["image-missing", ["HealthCheckFailed"]],
    ["source-missing", ["ArtifactFailed", "ArtifactFailed", "ArtifactFailed"]],
  ])("as a real Flux gave it up: %s", (name, reasons) => {
    expect(read(name).map(({ failure }) => failure?.reason)).toEqual(reasons);
  });

  test("that failed at first has applied nothing, and tried that commit", () => {
    expect(read("build-failed")).toMatchObject([{ applied: undefined, attempted: HEAD, inventory: undefined }]);
  });

  const failed = condition("Ready", "False", "BuildFailed");
  test.each<[string, KubeObject, string | undefined]>([
    ["failed", kustomization([failed]), "BuildFailed"],
    [
      "failed, and tries again by and by",
      kustomization([failed, condition("Reconciling", "True", "x")]),
      "BuildFailed",
    ],
    [
      "looks again right now",
      kustomization([condition("Ready", "False", "Progressing"), condition("Reconciling", "True", "Progressing")]),
      undefined,
    ],
    ["failed with an older spec", kustomization([failed], 2), undefined],
    ["is under way", kustomization([condition("Ready", "Unknown", "Progressing")]), undefined],
    ["nobody has looked at", kustomization([]), undefined],
  ])("that %s", (_, object, reason) => expect(kustomizationOf(object).failure?.reason).toBe(reason));

  test("is seen by its controller once that has looked at the newest spec", () => {
    const of = (observedGeneration?: number) =>
      kustomizationOf({ ...kustomization([], 3), status: { observedGeneration } });
    expect([of(3).observed, of(2).observed, of(undefined).observed]).toEqual([true, false, false]);
  });

  test("tells apart what applied nothing from what never applied", () => {
    expect(kustomizationOf(applying({})).inventory).toBeUndefined();
    expect(kustomizationOf(applying({ inventory: {} })).inventory).toEqual([]);
    expect(kustomizationOf(applying({ inventory: { entries: null } })).inventory).toEqual([]);
  });

  test("names each object that it applied, whatever it is called", () => {
    const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/);
    // RBAC's names may have colons, which Flux writes as two underscores; a namespace may be none.
    const name = fc.oneof(
      label,
      fc.tuple(label, label).map((parts) => parts.join(":")),
      fc.tuple(label, label).map((parts) => parts.join(".")),
    );
    const entry = fc.record({
      namespace: fc.oneof(label, fc.constant("")),
      name,
      group: fc.constantFrom("", "apps", "networking.k8s.io"),
      kind: fc.constantFrom(...Object.keys(KINDS)),
    });
    fc.assert(
      fc.property(fc.array(entry), (inventory) => {
        const entries = inventory.map((each) => ({
          id: [each.namespace, each.name.replaceAll(":", "__"), each.group, each.kind].join("_"),
          v: "v1",
        }));
        expect(kustomizationOf(applying({ inventory: { entries } })).inventory).toEqual(inventory);
      }),
    );
  });

  test("tells what it is to apply", () => {
    const spec = {
      sourceRef: { kind: "GitRepository", name: "rrr-119b8df60f1f" },
      path: "./k8s/overlays/production",
      suspend: true,
      images: [{ name: "ghcr.io/acme/rrr", newTag: "119b8df60f1f" }, { name: "other" }],
    };
    expect(kustomizationOf({ ...kustomization([]), spec })).toMatchObject({
      source: "rrr-119b8df60f1f",
      path: "./k8s/overlays/production",
      suspended: true,
      images: [
        { name: "ghcr.io/acme/rrr", tag: "119b8df60f1f" },
        { name: "other", tag: undefined },
      ],
    });
  });
});
