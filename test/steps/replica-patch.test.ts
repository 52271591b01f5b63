import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { kustomizationOf } from "../../src/steps/kustomization-of.ts";
import { project } from "../builders/project.ts";
import { settings } from "../builders/settings.ts";

// What the real kustomize made of the template's manifests with the patch by which the Project says how many pods run: see
// `recordedWith`.
const recorded = z
  .object({
    cases: z.array(
      z.object({
        name: z.string(),
        files: z.record(z.string(), z.string()),
        objects: z
          .array(
            z.object({
              kind: z.string(),
              metadata: z.object({ name: z.string() }),
              spec: z.object({ replicas: z.number().optional() }).optional(),
            }),
          )
          .optional(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL("../fixtures/cluster/kustomize.json", import.meta.url), "utf8")));
const patches = z.array(
  z.object({ target: z.object({ kind: z.string(), name: z.string().optional() }), patch: z.string() }),
);
const given = (replicas?: number, name = "rrr") => {
  const of = project({ name });
  const [environment] = of.spec.environments;
  if (!environment) throw new Error("there is one");
  const released = { tag: "3f2a91c0aa11", source: "rrr", ...(replicas === undefined ? {} : { replicas }) };
  return patches.parse(Object(kustomizationOf(of, environment, settings(), released).spec).patches);
};

test.each([
  ["after the template's own, it counts", "after the template's own", ["Deployment rrr 3"]],
  ["replicas in the overlay overrides it", "and replicas of the overlay", ["Deployment rrr 2"]],
  [
    "in place of the manifest's, of a StatefulSet too, and of no other workload",
    "in place of the manifest's, of the workload of its name",
    ["StatefulSet rrr 3", "Deployment rrr-worker undefined"],
  ],
  ["where no workload has the name, nothing is changed or refused", "for nobody", ["Deployment rrr-worker undefined"]],
])("%s", (_, name, wanted) => {
  const { files, objects = [] } =
    recorded.cases.find((each) => each.name === `a Project's count of pods, ${name}`) ?? expect.fail();
  const overlay = patches.parse(parse(files["k8s/overlays/dev/kustomization.yaml"] ?? "").patches);
  expect(overlay.at(-1)).toEqual(given(3).at(-1));
  const counts = objects
    .filter(({ kind }) => /^(Deployment|StatefulSet)$/.test(kind))
    .map(({ kind, metadata, spec }) => `${kind} ${metadata.name} ${spec?.replicas}`);
  expect(counts.toSorted()).toEqual(wanted.toSorted());
  for (const { kind, spec } of objects) if (kind === "Service") expect(spec?.replicas).toBeUndefined();
});

test("it is one more patch, also where it is of no pods; the rest is as it was", () => {
  expect(given(0)).toEqual([...given(), expect.objectContaining({ patch: expect.stringContaining('"value":0') })]);
});

test("its workload is named as templates name it", () => {
  expect(given(3, "8888").at(-1)?.target).toEqual({ kind: "Deployment|StatefulSet", name: "app-8888" });
});
