import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { evidence } from "../../src/evidence/index.ts";
import { rightsOf } from "../../src/evidence/rights-of.ts";
import { KINDS } from "../../src/project/kinds.ts";

/** Asked by everybody about themselves, and never kept. */
const ASKED = ["SelfSubjectAccessReview"];
const NOT_KINDS = ["evidence", "index", "only", "rights-of", "workload-mask"];

test("every kind that Slipway reads or makes has its file here and its place in the list, once", () => {
  const kinds = evidence.map(({ kind }) => kind);
  expect([...kinds, ...ASKED].toSorted()).toEqual(Object.keys(KINDS).toSorted());
  const files = kinds.map((kind) => `${kind.replaceAll(/(?<=[a-z])[A-Z]/g, "-$&").toLowerCase()}.ts`);
  const others = NOT_KINDS.map((name) => `${name}.ts`);
  expect([...files, ...others].toSorted()).toEqual(readdirSync("src/evidence").toSorted());
});

test("what is watched may be listed and watched, and there is nothing to be watched by a right that no watch needs", () => {
  const may = (kind: string, verb: string) =>
    evidence.some((each) => each.kind === kind && each.rights.some(({ verbs }) => verbs.some((one) => one === verb)));
  for (const { kind, watch } of evidence)
    expect([kind, may(kind, "watch"), may(kind, "list") || !watch]).toEqual([kind, watch !== undefined, true]);
});

test("each right has a reason, and none is given twice", () => {
  const rights = rightsOf(evidence);
  for (const { why } of rights) expect(why).toMatch(/^[A-Z].*[^.|]$/);
  const each = rights.flatMap(({ verbs, group, resource, subresource, names, own }) =>
    verbs.map((verb) => [verb, group, resource, subresource, names, own].join("/")),
  );
  expect(new Set(each).size).toBe(each.length);
});

test("in the whole cluster, beyond the namespaces that it makes, nothing may be changed but by these rights", () => {
  const changes = rightsOf(evidence)
    .filter(({ own }) => !own)
    .flatMap(({ resource, verbs }) =>
      verbs.filter((verb) => !["get", "list", "watch"].includes(verb)).map((verb) => `${verb} ${resource}`),
    );
  const made = ["namespaces", "serviceaccounts", "secrets", "rolebindings", "gitrepositories", "kustomizations"];
  expect(changes.toSorted()).toEqual(
    [
      ...made.flatMap((resource) => [`create ${resource}`, `patch ${resource}`, `delete ${resource}`]),
      "bind clusterroles",
      "delete pods",
    ].toSorted(),
  );
});
