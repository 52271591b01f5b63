import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { build } from "../../src/sandbox/cluster/kustomize/build.ts";
import { kustomizationOf } from "../../src/steps/kustomization-of.ts";
import { project } from "../builders/project.ts";
import { settings } from "../builders/settings.ts";
import { filesOf } from "../sandbox/cluster/kustomize/files-of.ts";

// What the real kustomize made of workloads with our patches, and with the one that stood before them: see `recordedWith`.
const BEFORE = "Deployments with the patch that Slipway gave before";
const NOW = "every workload with the patches that Slipway gives";
const patches = z.array(z.object({ target: z.object({ kind: z.string() }), patch: z.string() }));
const workload = z.object({
  kind: z.string(),
  metadata: z.object({ name: z.string() }),
  spec: z.looseObject({}).optional(),
});
const recorded = z
  .object({
    cases: z.array(
      z.object({ name: z.string(), files: z.record(z.string(), z.string()), objects: z.array(workload).optional() }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL("../fixtures/cluster/kustomize.json", import.meta.url), "utf8")));
const recordingOf = (name: string) => {
  const found = recorded.cases.find((each) => each.name === name);
  if (!found) throw new Error(`${name} was not recorded`);
  return found;
};
const specsOf = (name: string, kind: RegExp) =>
  Object.fromEntries(
    (recordingOf(name).objects ?? [])
      .filter((object) => kind.test(object.kind))
      .map((object) => [object.metadata.name, object.spec ?? {}]),
  );
const OURS = { "slipway.dev/project": "rrr" };
const template = z.object({
  template: z.looseObject({
    metadata: z.looseObject({ labels: z.record(z.string(), z.string()).default({}) }).prefault({}),
  }),
});
const labelsOf = (spec: unknown) => template.parse(spec).template.metadata.labels;

test("what was recorded are the patches that the Kustomization has: record them again when they change", () => {
  const [environment] = project().spec.environments;
  if (!environment) throw new Error("there is one");
  const { spec } = kustomizationOf(project(), environment, settings(), { tag: "3f2a91c0aa11", source: "rrr" });
  const file = parse(recordingOf(NOW).files["k8s/overlays/dev/kustomization.yaml"] ?? "");
  expect(patches.parse(file.patches)).toEqual(patches.parse(Object(spec).patches));
});

test("a Deployment that was labelled by the version before is the same to the byte, so that its pods stay", () => {
  const before = specsOf(BEFORE, /^Deployment$/);
  const now = specsOf(NOW, /^Deployment$/);
  expect(Object.keys(before)).toEqual(["annotated", "web"]);
  for (const [name, spec] of Object.entries(before)) expect(JSON.stringify(now[name])).toBe(JSON.stringify(spec));
  expect(labelsOf(now.annotated)).toEqual({ app: "annotated", zone: "1", ...OURS });
});

test("pods of Deployments, StatefulSets and DaemonSets bear our label, whether they had one or not", () => {
  const specs = specsOf(NOW, /^(Deployment|StatefulSet|DaemonSet)$/);
  expect(Object.keys(specs).toSorted()).toEqual([
    ...["agent", "annotated", "bare-agent", "bare-db", "bare-web", "db", "web"],
  ]);
  for (const [name, spec] of Object.entries(specs))
    expect([name, labelsOf(spec)]).toEqual([name, expect.objectContaining(OURS)]);
  expect(labelsOf(specs["bare-db"])).toEqual(OURS);
  expect(labelsOf(specs.db)).toEqual({ app: "db", ...OURS });
});

test("a Job's template is left as it is, with labels or without, and of a CronJob's all but the label on its Jobs", () => {
  const files = recordingOf(NOW).files;
  const plain = parse(files["k8s/overlays/dev/kustomization.yaml"] ?? "");
  const unpatched = build(
    filesOf({ ...files, "k8s/overlays/dev/kustomization.yaml": JSON.stringify({ ...plain, patches: [] }) }),
    "k8s/overlays/dev",
  );
  const specs = specsOf(NOW, /Job$/);
  expect(Object.keys(specs).toSorted()).toEqual(["bare-migrate", "hourly", "migrate", "nightly"]);
  const runs = z.looseObject({ jobTemplate: z.looseObject({ metadata: z.unknown() }) });
  for (const { kind, metadata, spec } of unpatched.filter((each) => each.kind.endsWith("Job"))) {
    const was = Object(spec);
    const { labels } = was.jobTemplate?.metadata ?? {};
    const marked = { ...was, jobTemplate: { ...was.jobTemplate, metadata: { labels: { ...labels, ...OURS } } } };
    expect(specs[metadata.name]).toEqual(kind === "Job" ? was : runs.parse(marked));
  }
});

test("a Deployment's first container leaves its last words in its status, whatever its manifest says; no other's is changed", () => {
  const policies = (kind: RegExp) =>
    Object.values(specsOf(NOW, kind)).map((spec) =>
      z
        .object({
          spec: z.object({ containers: z.array(z.object({ terminationMessagePolicy: z.string().optional() })) }),
        })
        .parse(spec.template)
        .spec.containers.map(({ terminationMessagePolicy }) => terminationMessagePolicy),
    );
  expect(policies(/^Deployment$/)).toEqual([
    ["FallbackToLogsOnError"],
    ["FallbackToLogsOnError"],
    ["FallbackToLogsOnError", "File"],
  ]);
  expect(policies(/^(StatefulSet|DaemonSet|Job)$/).flat()).toEqual(Array(6).fill(undefined));
});
