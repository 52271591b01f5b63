import { readFile } from "node:fs/promises";
import { describe, expect, inject, test } from "vitest";
import { auditFrom, rightsIn, rightsOf, wasRefused } from "../audit.ts";
import { WITHOUT } from "../testbed.ts";

// Last of all (vitest.cluster.config.ts): what the API server wrote down of the whole suite, not of one launch.

const log = process.env.TESTBED_AUDIT;
const BOT = "system:serviceaccount:slipway-system:slipway";
const RBAC = new URL("../../../manifests/base/rbac.yaml", import.meta.url);
/** Given up by a leader whose rights are taken away before it ends: `kubectl delete -k`, and tests that take it down. */
const WHILE_GOING = ["update coordination.k8s.io/leases", "get coordination.k8s.io/leases"];

describe.skipIf(!log)(log ? "the whole suite" : `the whole suite: ${WITHOUT}`, () => {
  const made = async () => (log ? await (await auditFrom(log, BOT, inject("auditBegan")))() : []);

  test("made no call that the bot's rights do not allow", async () => {
    const calls = await made();
    expect(calls.length).toBeGreaterThan(100);
    const refused = calls.filter(wasRefused);
    const told = refused.filter((call) => !rightsOf(call).every((right) => WHILE_GOING.includes(right)));
    expect(told.map(({ verb, requestURI, responseStatus }) => `${responseStatus?.code} ${verb} ${requestURI}`)).toEqual(
      [],
    );
  });

  test("made no call by a right that the manifests do not give", async () => {
    const given = new Set(rightsIn(await readFile(RBAC, "utf8")));
    const used = new Set((await made()).filter((call) => !wasRefused(call)).flatMap(rightsOf));
    expect([...used].filter((right) => !given.has(right))).toEqual([]);
  });
});
