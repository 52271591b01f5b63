import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { build } from "../../../../src/sandbox/cluster/kustomize/build.ts";
import type { KubeObject } from "../../../../src/sandbox/cluster/store.ts";
import { filesOf } from "./files-of.ts";

// What the real kustomize gave for each of these, see `recordedWith` in the fixture.
const recorded: { cases: { name: string; files: Record<string, string>; objects?: KubeObject[]; error?: string }[] } =
  JSON.parse(readFileSync(new URL("../../../fixtures/cluster/kustomize.json", import.meta.url), "utf8"));

const byIdentity = (objects: KubeObject[]) =>
  Object.fromEntries(objects.map((object) => [`${object.kind}/${object.metadata.name}`, object]));

describe("build gives what kustomize gives", () => {
  for (const { name, files, objects, error } of recorded.cases) {
    it(name, () => {
      const run = () => build(filesOf(files), "k8s/overlays/dev");
      if (error !== undefined) {
        expect(run).toThrow(new Error(error));
      } else {
        expect(byIdentity(run())).toEqual(byIdentity(objects ?? []));
      }
    });
  }
});

describe("what a Flux Kustomization adds", () => {
  const files = recorded.cases[0]?.files ?? {};

  it("sets images, namespace and patches on top of the overlay's own", () => {
    const objects = build(filesOf(files), "k8s/overlays/dev", {
      flux: {
        targetNamespace: "rrr",
        images: [{ name: "ghcr.io/acme/web", newTag: "3f2a91c00000" }],
        patches: [{ target: { kind: "Deployment" }, patch: '[{"op":"replace","path":"/spec/replicas","value":2}]' }],
      },
    });
    expect(objects.map((object) => object.metadata.namespace)).toEqual(["rrr", "rrr", "rrr"]);
    expect(objects[0]).toMatchObject({
      spec: { replicas: 2, template: { spec: { containers: [{ image: "ghcr.io/acme/web:3f2a91c00000" }, {}] } } },
    });
  });

  it("makes a kustomization of every manifest where the directory has none", () => {
    const objects = build(
      filesOf({ "deploy/a/b.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n" }),
      "deploy",
      {
        flux: {},
      },
    );
    expect(objects.map((object) => object.metadata.name)).toEqual(["x"]);
  });
});
