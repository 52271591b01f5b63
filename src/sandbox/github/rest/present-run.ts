import type { Hub } from "../hub.ts";
import type { Job, Repository, Run, Workflow } from "../state.ts";
import { nodeId } from "./node-id.ts";
import { presentAccount } from "./present-account.ts";
import { presentRepositoryLite, repositoryPage, repositoryUrl } from "./present-repository.ts";

/** The schema `workflow-run`, which the event carries too. */
export function presentRun(hub: Hub, repository: Repository, run: Run) {
  const actions = `${repositoryUrl(hub, repository)}/actions`;
  const url = `${actions}/runs/${run.id}`;
  const workflow = hub.state.workflows.find((one) => one.id === run.workflowId);
  const lite = presentRepositoryLite(hub, repository);
  return {
    id: run.id,
    name: workflow?.name ?? "",
    node_id: nodeId("WorkflowRun", run.id),
    check_suite_id: run.checkSuiteId,
    check_suite_node_id: nodeId("CheckSuite", run.checkSuiteId),
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: workflow?.path ?? "",
    run_number: run.number,
    run_attempt: run.attempt,
    display_title: run.title,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: run.workflowId,
    url,
    html_url: `${repositoryPage(hub, repository)}/actions/runs/${run.id}`,
    pull_requests: [],
    created_at: run.createdAt,
    updated_at: run.updatedAt,
    run_started_at: run.startedAt,
    actor: presentAccount(hub, run.actor),
    triggering_actor: presentAccount(hub, run.triggeringActor),
    referenced_workflows: [],
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${repositoryUrl(hub, repository)}/check-suites/${run.checkSuiteId}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.attempt > 1 ? `${url}/attempts/${run.attempt - 1}` : null,
    workflow_url: `${actions}/workflows/${run.workflowId}`,
    head_commit: {
      id: run.headSha,
      tree_id: run.head.tree,
      message: run.head.message,
      timestamp: run.head.timestamp,
      author: run.head.author,
      committer: run.head.committer,
    },
    repository: lite,
    head_repository: lite,
  };
}

/** The schema `workflow`. */
export function presentWorkflow(hub: Hub, repository: Repository, workflow: Workflow) {
  const page = repositoryPage(hub, repository);
  return {
    id: workflow.id,
    node_id: nodeId("Workflow", workflow.id),
    name: workflow.name,
    path: workflow.path,
    state: workflow.state,
    created_at: workflow.createdAt,
    updated_at: workflow.updatedAt,
    url: `${repositoryUrl(hub, repository)}/actions/workflows/${workflow.id}`,
    html_url: `${page}/blob/${repository.defaultBranch}/${workflow.path}`,
    badge_url: `${page}/workflows/${encodeURIComponent(workflow.name)}/badge.svg`,
  };
}

/** The schema `job`, which the event carries too. */
export function presentJob(hub: Hub, repository: Repository, run: Run, job: Job) {
  const url = repositoryUrl(hub, repository);
  const page = repositoryPage(hub, repository);
  const workflow = hub.state.workflows.find((one) => one.id === run.workflowId);
  const runs = job.runner !== null;
  return {
    id: job.id,
    run_id: run.id,
    workflow_name: workflow?.name ?? "",
    head_branch: run.headBranch,
    run_url: `${url}/actions/runs/${run.id}`,
    run_attempt: job.attempt,
    node_id: nodeId("CheckRun", job.id),
    head_sha: run.headSha,
    url: `${url}/actions/jobs/${job.id}`,
    html_url: `${page}/actions/runs/${run.id}/job/${job.id}`,
    status: job.status,
    conclusion: job.conclusion,
    created_at: job.createdAt,
    started_at: job.startedAt,
    completed_at: job.completedAt,
    name: job.name,
    steps: job.steps.map((step) => ({
      name: step.name,
      status: step.status,
      conclusion: step.conclusion,
      number: step.number,
      started_at: step.startedAt,
      completed_at: step.completedAt,
    })),
    check_run_url: `${url}/check-runs/${job.id}`,
    labels: job.labels,
    runner_id: runs ? 1 : null,
    runner_name: job.runner,
    runner_group_id: runs ? 0 : null,
    runner_group_name: runs ? "GitHub Actions" : null,
  };
}
