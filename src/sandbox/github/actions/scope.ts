import type { Job } from "../state.ts";
import type { Scope, Value } from "./expression.ts";
import type { RunContext } from "./run-context.ts";

/** What expressions of a workflow can name, before any step has run. https://docs.github.com/en/actions/reference/accessing-contextual-information-about-workflow-runs */
export function workflowScope(
  context: RunContext,
  needs: Map<string, Job[]>,
  matrix: Job["matrix"],
  status: Scope["status"],
  more: { token?: string; actor?: string; env?: Record<string, string>; steps?: Record<string, Value> } = {},
): Scope {
  const { hub, run, repository } = context;
  const full = `${repository.owner}/${repository.name}`;
  const github = {
    actor: run.actor,
    event_name: run.event,
    event: {
      repository: { name: repository.name, full_name: full, default_branch: repository.defaultBranch },
      inputs: run.inputs,
    },
    ref: run.ref,
    ref_name: run.headBranch,
    ref_type: run.ref.startsWith("refs/tags/") ? "tag" : "branch",
    repository: full,
    repository_id: String(repository.id),
    repository_owner: repository.owner,
    run_attempt: String(run.attempt),
    run_id: String(run.id),
    run_number: String(run.number),
    server_url: hub.address.server,
    api_url: hub.address.api,
    sha: run.headSha,
    triggering_actor: run.triggeringActor,
    workflow: context.file.name ?? "",
    workspace: `/home/runner/work/${repository.name}/${repository.name}`,
    token: more.token ?? "",
  };
  const results: Record<string, Value> = {};
  for (const [key, jobs] of needs) {
    const bad = jobs.find((job) => job.conclusion !== "success");
    results[key] = {
      result: bad?.conclusion ?? "success",
      outputs: Object.assign({}, ...jobs.map((job) => job.outputs)),
    };
  }
  return {
    status,
    values: {
      github,
      needs: results,
      matrix,
      env: more.env ?? {},
      secrets: { GITHUB_TOKEN: more.token ?? "" },
      vars: {},
      inputs: run.inputs,
      steps: more.steps ?? {},
      runner: { os: "Linux", arch: "X64", name: "GitHub Actions 1", temp: "/home/runner/work/_temp" },
      job: { status: status.failure ? "failure" : "success" },
      strategy: {},
    },
  };
}
