import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { findingsPage } from "../../scripts/findings-page.ts";
import { rightsManifest } from "../../scripts/rights-manifest.ts";
import { withRightsTables } from "../../scripts/rights-tables.ts";
import { en } from "../../src/words/en/index.ts";

it("docs/findings.md is what npm run make:findings writes", async () => {
  await expect(findingsPage()).toMatchFileSnapshot("../../docs/findings.md");
});

it("docs/findings.md has every code that has words", () => {
  const codes = [...findingsPage().matchAll(/^### (.*)$/gm)].map(([, code]) => code);
  expect(codes.toSorted()).toEqual(Object.keys(en.findings).toSorted());
});

it("manifests/base/rbac.yaml is what npm run make:rights writes", async () => {
  await expect(rightsManifest()).toMatchFileSnapshot("../../manifests/base/rbac.yaml");
});

it("docs/guide/security.md has the tables that npm run make:rights writes, in the places for them", async () => {
  const guide = await readFile("docs/guide/security.md", "utf8");
  expect(withRightsTables(guide)).toBe(guide);
  expect(() => withRightsTables("# Security")).toThrow("has no place for the rights of cluster");
});
