import { expect, test } from "vitest";
import { isManifest } from "../../src/facts/lineage.ts";

test.each([
  ["k8s/base/deployment.yaml", true],
  ["k8s", true],
  ["k8s-old/deployment.yaml", false],
  ["src/k8s/index.ts", false],
  ["Dockerfile", false],
  [".github/workflows/build.yml", false],
])("%s is a manifest: %s", (path, wanted) => expect(isManifest(path)).toBe(wanted));
