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
  expect(memory.recall(secret, "unwatched", now)?.stands).toEqual({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "slipway-pull", namespace: "rrr", uid: "1", generation: 1 },
  });
});

test("what is watched stands for as long as its watch tells of no change, labels and annotations too", () => {
  const memory = createApplyMemory();
  const labels = { "slipway.dev/project": "rrr" };
  const source = { apiVersion: "v1", kind: "GitRepository", metadata: { name: "rrr", namespace: "rrr", labels } };
  const seen = { ...source, metadata: { ...source.metadata, uid: "1", generation: 1 } };
  memory.remember(source, seen, now);
  const as = (metadata: object) => ({ ...seen, metadata: { ...seen.metadata, ...metadata } });
  // Each within an hour of the one before, a day in all.
  for (let hour = 0; hour < 48; hour += 1) expect(memory.recall(source, seen, later(hour * 30))?.stands).toBe(seen);
  expect(memory.recall(source, as({ labels: { ...labels, more: "of others" } }), later(1_450))).toBeDefined();
  for (const other of [
    { labels: {} },
    { labels: undefined },
    { labels: { "slipway.dev/project": "other" } },
    { generation: 2 },
    { uid: "2" },
    { deletionTimestamp: now.toISOString() },
  ])
    expect(memory.recall(source, as(other), later(1_450))).toBeUndefined();
  expect(memory.recall(source, undefined, later(1_450))).toBeUndefined();
});

test("what is not watched is in doubt after a minute", () => {
  const memory = createApplyMemory();
  memory.remember(secret, stands, now);
  expect(memory.recall(secret, "unwatched", later(0.9))?.doubtful).toBe(false);
  expect(memory.recall(secret, "unwatched", later(1))?.doubtful).toBe(true);
});

test("what nobody applies any more is cleared away", () => {
  const memory = createApplyMemory();
  memory.remember(secret, stands, now);
  memory.remember({ ...secret, metadata: { name: "other", namespace: "other" } }, stands, later(60));
  // Whatever the clock says afterwards: it is gone.
  expect(memory.recall(secret, "unwatched", now)).toBeUndefined();
});

test("with a namespace all that it held is forgotten", () => {
  const memory = createApplyMemory();
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "rrr" } };
  memory.remember(secret, stands, now);
  memory.remember(namespace, { ...namespace, metadata: { name: "rrr", uid: "2" } }, now);
  expect(memory.recall(secret, "unwatched", now)).toBeUndefined();
  expect(memory.recall(namespace, { ...namespace, metadata: { name: "rrr", uid: "2" } }, now)).toBeDefined();
});
