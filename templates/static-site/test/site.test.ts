import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { checkSite } from "../scripts/check-site.ts";

test("the site has no broken link and no incomplete page", () => {
  assert.deepEqual(checkSite("site"), []);
});

test("a broken link and a missing title are found", () => {
  const root = mkdtempSync(join(tmpdir(), "site-"));
  const page = '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport"><a href="gone.html">x</a></html>';
  writeFileSync(join(root, "index.html"), page);
  assert.deepEqual(checkSite(root), [
    "index.html: has no <title>",
    "index.html: leads to gone.html, which is not there",
  ]);
});
