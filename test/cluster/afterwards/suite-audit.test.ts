import { readFile } from "node:fs/promises";
import { describe, expect, inject, test } from "vitest";
import { type AuditEntry, auditFrom, rightsIn, rightsOf, wasRefused } from "../audit.ts";
import { WITHOUT } from "../testbed.ts";

// Last of all (vitest.cluster.config.ts): what the API server wrote down of the whole suite, not of one launch.

const log = process.env.TESTBED_AUDIT;
const BOT = "system:serviceaccount:slipway-system:slipway";
const RBAC = new URL("../../../manifests/base/rbac.yaml", import.meta.url);
/** Everybody's, by system:basic-user. https://kubernetes.io/docs/reference/access-authn-authz/rbac/#discovery-roles */
const EVERYBODYS = ["create authorization.k8s.io/selfsubjectaccessreviews"];
const called = ({ verb, requestURI }: AuditEntry) => `${verb} ${requestURI.split("?")[0]}`;

describe.skipIf(!log)(log ? "the whole suite" : `the whole suite: ${WITHOUT}`, () => {
  const made = async () => (log ? await (await auditFrom(log, BOT, inject("auditBegan")))() : []);

  test("made no call that the bot's rights do not allow", async () => {
    const calls = await made();
    expect(calls.length).toBeGreaterThan(100);
    // Tests take the rights away and give them, and then a call may come too early or late: it was allowed at another time.
    const allowed = new Set(calls.filter((call) => !wasRefused(call)).map(called));
    expect(new Set(calls.filter(wasRefused).map(called)).difference(allowed)).toEqual(new Set());
  });

  test("made no call by a right that the manifests do not give", async () => {
    const given = new Set([...rightsIn(await readFile(RBAC, "utf8")), ...EVERYBODYS]);
    const used = new Set((await made()).filter((call) => !wasRefused(call)).flatMap(rightsOf));
    expect([...used].filter((right) => !given.has(right))).toEqual([]);
  });
});
