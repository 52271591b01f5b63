import { describe, expect, test } from "vitest";
import { type Build, buildOf } from "../../src/facts/build.ts";
import type { WorkflowRun } from "../../src/project/ports/github.ts";
import { run } from "../builders/run.ts";

describe("a build", () => {
  test("is none while no run is to be seen", () => {
    expect(buildOf([])).toEqual({ state: "none" });
  });

  test.each<[WorkflowRun["status"], Build["state"]]>([
    ["queued", "queued"],
    ["requested", "queued"],
    ["pending", "queued"],
    ["in_progress", "running"],
    ["waiting", "approval"],
  ])("whose run is %s is %s", (status, state) => expect(buildOf([run({ status })]).state).toBe(state));

  // All conclusions that GitHub documents, and one that it may have tomorrow.
  test.each<[string | null, Build["state"]]>([
    ["success", "succeeded"],
    ["failure", "failed"],
    ["timed_out", "failed"],
    ["startup_failure", "failed"],
    ["cancelled", "cancelled"],
    ["stale", "cancelled"],
    ["skipped", "skipped"],
    ["neutral", "skipped"],
    ["action_required", "approval"],
    ["something_new", "ended"],
    [null, "ended"],
  ])("that ended as %s is %s", (conclusion, state) =>
    expect(buildOf([run({ status: "completed", conclusion })]).state).toBe(state),
  );

  test("goes by the run that was started last, and by its last attempt", () => {
    const failed = run({ id: 1, number: 7, status: "completed", conclusion: "failure" });
    const again = run({ id: 1, number: 7, attempt: 2, status: "completed", conclusion: "success" });
    const newer = run({ id: 2, number: 8, status: "queued" });
    expect(buildOf([failed, again])).toEqual({ state: "succeeded", run: again });
    expect(buildOf([again, failed])).toEqual({ state: "succeeded", run: again });
    expect(buildOf([newer, again, failed])).toEqual({ state: "queued", run: newer });
    expect(buildOf([again, newer])).toEqual({ state: "queued", run: newer });
  });
});
