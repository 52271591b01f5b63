import { expect, test } from "vitest";
import { createApplyMemory } from "../../src/cluster/create-apply-memory.ts";

const secret = {
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "slipway-pull", namespace: "rrr" },
  stringData: { ".dockerconfigjson": "a secret" },
};
const stands = {
  ...secret,
  metadata: { ...secret.metadata, uid: "1", generation: 1, annotations: { "example.com/note": "a secret" } },
};
const now = new Date("2026-11-28T12:00:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

test("of what is applied no more is kept than its identity", () => {
  const memory = createApplyMemory();
  memory.remember(secret, stands, now);
  expect(memory.recall(secret, "unwatched", now)).toEqual({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "slipway-pull", namespace: "rrr", uid: "1", generation: 1 },
  });
});

test("what is no longer trusted is cleared away, and applied again", () => {
  const memory = createApplyMemory();
  memory.remember(secret, stands, now);
  expect(memory.recall(secret, stands, later(9))).toBe(stands);
  expect(memory.recall(secret, stands, later(10))).toBeUndefined();
  memory.remember({ ...secret, metadata: { name: "other", namespace: "other" } }, stands, later(10));
  // Whatever the clock says afterwards: it is gone.
  expect(memory.recall(secret, stands, now)).toBeUndefined();
});

test("with a namespace all that it held is forgotten", () => {
  const memory = createApplyMemory();
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "rrr" } };
  memory.remember(secret, stands, now);
  memory.remember(namespace, { ...namespace, metadata: { name: "rrr", uid: "2" } }, now);
  expect(memory.recall(secret, "unwatched", now)).toBeUndefined();
  expect(memory.recall(namespace, { ...namespace, metadata: { name: "rrr", uid: "2" } }, now)).toBeDefined();
});
