import { expect, test } from "vitest";
import { readinessOf } from "../../src/start/readiness-of.ts";

test("a replica is ready when nothing keeps it from working, and says what it works without", () => {
  const forbidden = ["watch of Job: jobs.batch is forbidden"];
  expect(readinessOf({ watches: [], forbidden, others: [undefined] })).toEqual({ ok: true, problems: forbidden });
  expect(readinessOf({ watches: [], forbidden: [], others: [] })).toEqual({ ok: true, problems: [] });
});

test("it is not while a watch is not in step, or Slack or the lease is out of reach", () => {
  const watches = ["watch of Pod: connect ECONNREFUSED"];
  expect(readinessOf({ watches, forbidden: ["b"], others: [undefined, "Slack does not answer"] })).toEqual({
    ok: false,
    problems: [...watches, "Slack does not answer", "b"],
  });
  expect(readinessOf({ watches: [], forbidden: [], others: ["the lease"] }).ok).toBe(false);
});
