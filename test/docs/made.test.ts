import { expect, it } from "vitest";
import { findingsPage } from "../../scripts/findings-page.ts";
import { en } from "../../src/words/en/index.ts";

it("docs/findings.md is what npm run make:findings writes", async () => {
  await expect(findingsPage()).toMatchFileSnapshot("../../docs/findings.md");
});

it("docs/findings.md has every code that has words", () => {
  const codes = [...findingsPage().matchAll(/^### (.*)$/gm)].map(([, code]) => code);
  expect(codes.toSorted()).toEqual(Object.keys(en.findings).toSorted());
});
