import type { Octokit } from "@octokit/rest";
import { vi } from "vitest";

/** The newest run (of an event, of a commit), once it has ended. */
export async function untilRunEnds(
  octokit: Octokit,
  at: { owner: string; repo: string },
  filter: { event?: string; head_sha?: string } = {},
) {
  return await vi.waitFor(
    async () => {
      const [run] = (await octokit.actions.listWorkflowRunsForRepo({ ...at, ...filter })).data.workflow_runs;
      if (run?.status !== "completed") throw new Error(`the run is ${run?.status ?? "not there"}`);
      return run;
    },
    { timeout: 45_000, interval: 25 },
  );
}
