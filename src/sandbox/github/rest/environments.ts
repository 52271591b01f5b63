import { z } from "zod";
import { findAccount } from "../find.ts";
import type { Hub } from "../hub.ts";
import type { Environment, Repository } from "../state.ts";
import { ok } from "./answer.ts";
import { nodeId } from "./node-id.ts";
import { paginate } from "./paginate.ts";
import { presentAccount } from "./present-account.ts";
import { repositoryPage, repositoryUrl } from "./present-repository.ts";
import { notFound, refuse } from "./refuse.ts";
import type { Call, Route } from "./route.ts";
import { findRun } from "./runs.ts";

const ALL = "/repos/{owner}/{repo}/environments";
const PENDING = "/repos/{owner}/{repo}/actions/runs/{run_id}/pending_deployments";

/** https://docs.github.com/en/rest/deployments/environments and .../actions/workflow-runs#get-pending-deployments-for-a-workflow-run */
export const environmentRoutes: Route[] = [
  {
    operation: "repos/get-all-environments",
    method: "GET",
    path: ALL,
    permission: ["actions", "read"],
    handle: (call) => {
      const own = ownEnvironments(call);
      const { items, headers } = paginate(call, own);
      const environments = items.map((one) => presentEnvironment(call.hub, call.repository(), one));
      return ok({ total_count: own.length, environments }, headers);
    },
  },
  {
    operation: "repos/create-or-update-environment",
    method: "PUT",
    path: `${ALL}/{environment_name}`,
    permission: ["administration", "write"],
    handle: putEnvironment,
  },
  {
    operation: "actions/get-pending-deployments-for-run",
    method: "GET",
    path: PENDING,
    permission: ["actions", "read"],
    handle: (call) => ok(waitingFor(call).map((one) => presentPending(call, one))),
  },
  {
    operation: "actions/review-pending-deployments-for-run",
    method: "POST",
    path: PENDING,
    permission: ["deployments", "write"],
    handle: review,
  },
];

function ownEnvironments(call: Call): Environment[] {
  return call.hub.state.environments.filter((one) => one.repositoryId === call.repository().id);
}

function putEnvironment(call: Call) {
  const { hub } = call;
  const { reviewers } = call.body(
    z.object({ reviewers: z.array(z.object({ type: z.string(), id: z.number() })).nullish() }),
  );
  const name = call.params.environment_name ?? "";
  const now = hub.now();
  const known = ownEnvironments(call).find((one) => one.name === name);
  const environment: Environment = known ?? {
    id: hub.nextId(),
    repositoryId: call.repository().id,
    name,
    reviewers: [],
    createdAt: now,
    updatedAt: now,
  };
  if (!known) hub.state.environments.push(environment);
  environment.reviewers = (reviewers ?? []).map(
    ({ id }) => hub.state.accounts.find((account) => account.id === id)?.login ?? notFound(),
  );
  environment.updatedAt = now;
  return ok(presentEnvironment(hub, call.repository(), environment));
}

/** Environments that jobs of the run's attempt wait for now. */
function waitingFor(call: Call): Environment[] {
  const run = findRun(call);
  const waiting = call.hub.state.jobs.filter(
    (job) => job.runId === run.id && job.attempt === run.attempt && job.status === "waiting",
  );
  return ownEnvironments(call).filter(({ name }) => waiting.some((job) => job.environment === name));
}

function review(call: Call) {
  const wanted = call.body(
    z.object({ environment_ids: z.array(z.number()), state: z.enum(["approved", "rejected"]), comment: z.string() }),
  );
  const waiting = waitingFor(call).filter(({ id }) => wanted.environment_ids.includes(id));
  if (waiting.length === 0) refuse(422, "No pending deployment requests to approve or reject");
  for (const { name } of waiting) call.hub.actions.review(findRun(call), name, wanted.state === "approved");
  return ok([]);
}

function presentPending(call: Call, environment: Environment) {
  const { id, node_id, name, url, html_url } = presentEnvironment(call.hub, call.repository(), environment);
  return {
    environment: { id, node_id, name, url, html_url },
    wait_timer: 0,
    wait_timer_started_at: null,
    current_user_can_approve: true,
    reviewers: presentReviewers(call.hub, environment),
  };
}

function presentEnvironment(hub: Hub, repository: Repository, environment: Environment) {
  const { id, name, reviewers, createdAt, updatedAt } = environment;
  const rule = {
    id: id + 1,
    node_id: nodeId("GateRule", id + 1),
    type: "required_reviewers",
    prevent_self_review: false,
    reviewers: presentReviewers(hub, environment),
  };
  return {
    id,
    node_id: nodeId("Environment", id),
    name,
    url: `${repositoryUrl(hub, repository)}/environments/${encodeURIComponent(name)}`,
    html_url: `${repositoryPage(hub, repository)}/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
    created_at: createdAt,
    updated_at: updatedAt,
    protection_rules: reviewers.length === 0 ? [] : [rule],
    deployment_branch_policy: null,
  };
}

function presentReviewers(hub: Hub, { reviewers }: Environment) {
  return reviewers.flatMap((login) => {
    const account = findAccount(hub.state, login);
    return account ? [{ type: "User", reviewer: presentAccount(hub, account) }] : [];
  });
}
