import assert from "node:assert/strict";
import { test } from "node:test";
import { GET } from "../app/healthz/route.ts";

test("is healthy", async () => {
  const response = GET();
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), { status: "ok" });
});
