import { describe, expect, test } from "vitest";
import { conditionsOf } from "../../src/facts/conditions.ts";
import { identityOf, subjectOf } from "../../src/facts/identity.ts";
import { NOW } from "../builders/project.ts";

describe("conditions", () => {
  const told = (observed: object, generation: number) =>
    conditionsOf(
      { ...observed, conditions: [{ type: "Ready", status: "False", reason: "x", ...observed }] },
      generation,
    ).Ready?.stale;

  test.each<[string, object, number, boolean]>([
    ["of the newest spec", { observedGeneration: 3 }, 3, false],
    ["of an older spec", { observedGeneration: 2 }, 3, true],
    ["whose controller tells no generation", {}, 3, false],
  ])("%s", (_, observed, generation, stale) => expect(told(observed, generation)).toBe(stale));

  test("go by their own generation before the status's", () => {
    const status = { observedGeneration: 3, conditions: [{ type: "Ready", status: "True", observedGeneration: 2 }] };
    expect(conditionsOf(status, 3).Ready).toEqual({
      status: "True",
      reason: "",
      message: "",
      since: undefined,
      stale: true,
    });
  });

  test("say since when they are so", () => {
    const since = NOW.toISOString();
    const status = { conditions: [{ type: "Ready", status: "Unknown", lastTransitionTime: since }] };
    expect(conditionsOf(status, 1).Ready?.since).toEqual(NOW);
  });

  test("are none where there is no status yet", () => {
    expect(conditionsOf(undefined, 1)).toEqual({});
    expect(conditionsOf({}, 1)).toEqual({});
  });
});

describe("an object's identity", () => {
  test("is read of any kind, in full or bare", () => {
    const owner = { apiVersion: "apps/v1", kind: "ReplicaSet", name: "rrr-2", uid: "u2" };
    expect(
      identityOf({
        apiVersion: "v1",
        kind: "Pod",
        metadata: {
          name: "rrr-2-x",
          namespace: "rrr",
          uid: "u3",
          generation: 1,
          creationTimestamp: NOW.toISOString(),
          deletionTimestamp: NOW.toISOString(),
          ownerReferences: [owner],
        },
      }),
    ).toMatchObject({ createdAt: NOW, deleting: true, owner: { kind: "ReplicaSet", name: "rrr-2", uid: "u2" } });
    expect(identityOf({ apiVersion: "v1", kind: "Namespace", metadata: { name: "rrr" } })).toEqual({
      kind: "Namespace",
      name: "rrr",
      namespace: "",
      uid: "",
      generation: 0,
      createdAt: undefined,
      deleting: false,
      labels: {},
      annotations: {},
      owner: undefined,
    });
  });

  test("gives the subject of a finding, of a kind without namespaces too", () => {
    expect(subjectOf({ kind: "GitRepository", namespace: "rrr", name: "rrr" })).toBe("GitRepository/rrr/rrr");
    expect(subjectOf({ kind: "Namespace", namespace: "", name: "rrr" })).toBe("Namespace/rrr");
  });
});
