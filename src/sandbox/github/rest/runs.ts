import { actorOf } from "../permit.ts";
import type { Run } from "../state.ts";
import { noContent, ok } from "./answer.ts";
import { paginate } from "./paginate.ts";
import { presentRun } from "./present-run.ts";
import { notFound, refuse } from "./refuse.ts";
import type { Call, Route } from "./route.ts";
import { findWorkflow } from "./workflows.ts";

const RUNS = "/repos/{owner}/{repo}/actions/runs";
const ONE = `${RUNS}/{run_id}`;
const READ: Route["permission"] = ["actions", "read"];
const WRITE: Route["permission"] = ["actions", "write"];

export const runRoutes: Route[] = [
  {
    operation: "actions/list-workflow-runs-for-repo",
    method: "GET",
    path: RUNS,
    permission: READ,
    handle: (call) => list(call, ownRuns(call)),
  },
  {
    operation: "actions/list-workflow-runs",
    method: "GET",
    path: "/repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs",
    permission: READ,
    handle: (call) => {
      const { id } = findWorkflow(call);
      return list(
        call,
        ownRuns(call).filter((run) => run.workflowId === id),
      );
    },
  },
  {
    operation: "actions/get-workflow-run",
    method: "GET",
    path: ONE,
    permission: READ,
    handle: (call) => ok(presentRun(call.hub, call.repository(), findRun(call))),
  },
  {
    operation: "actions/delete-workflow-run",
    method: "DELETE",
    path: ONE,
    permission: WRITE,
    handle: (call) => {
      const run = findRun(call);
      if (run.status !== "completed") refuse(403, "Could not delete the workflow run");
      call.hub.state.runs = call.hub.state.runs.filter((one) => one !== run);
      return noContent();
    },
  },
  {
    operation: "actions/cancel-workflow-run",
    method: "POST",
    path: `${ONE}/cancel`,
    permission: WRITE,
    handle: (call) => {
      const run = findRun(call);
      if (run.status === "completed") refuse(409, "Cannot cancel a workflow run that is completed.");
      call.hub.actions.cancel(run);
      return { status: 202, body: {} };
    },
  },
  {
    operation: "actions/re-run-workflow",
    method: "POST",
    path: `${ONE}/rerun`,
    permission: WRITE,
    handle: (call) => rerun(call, "all"),
  },
  {
    operation: "actions/re-run-workflow-failed-jobs",
    method: "POST",
    path: `${ONE}/rerun-failed-jobs`,
    permission: WRITE,
    handle: (call) => rerun(call, "failed"),
  },
];

export function ownRuns(call: Call): Run[] {
  return call.hub.state.runs.filter((run) => run.repositoryId === call.repository().id);
}

export function findRun(call: Call): Run {
  return ownRuns(call).find((run) => String(run.id) === call.params.run_id) ?? notFound();
}

function list(call: Call, all: Run[]) {
  const { query } = call;
  const is = (name: string, ...values: (string | null)[]) => !query.has(name) || values.includes(query.get(name));
  const created = createdFilter(query.get("created"));
  const chosen = all.filter(
    (run) =>
      is("branch", run.headBranch) &&
      is("event", run.event) &&
      is("head_sha", run.headSha) &&
      is("actor", run.actor) &&
      is("status", run.status, run.conclusion) &&
      is("check_suite_id", String(run.checkSuiteId)) &&
      created(run.createdAt),
  );
  const { items, headers } = paginate(call, chosen);
  return ok(
    {
      total_count: chosen.length,
      workflow_runs: items.map((run) => presentRun(call.hub, call.repository(), run)),
    },
    headers,
  );
}

/** `>=2026-01-01`, `2026-01-01..2026-01-02` and the like. https://docs.github.com/en/search-github/getting-started-with-searching-on-github/understanding-the-search-syntax#query-for-dates */
function createdFilter(text: string | null): (created: string) => boolean {
  if (!text) return () => true;
  const [from, to] = text.split("..");
  if (to !== undefined) return (created) => (from === "*" || created >= (from ?? "")) && (to === "*" || created <= to);
  const match = /^(>=|<=|>|<)?(.+)$/.exec(text);
  const [, operator = "", date = ""] = match ?? [];
  return (created) => {
    if (operator === "") return created.startsWith(date);
    return operator.startsWith(">")
      ? created > date || (operator === ">=" && created >= date)
      : created < date || (operator === "<=" && created <= date);
  };
}

function rerun(call: Call, which: "all" | "failed") {
  const { hub } = call;
  const run = findRun(call);
  if (run.status !== "completed") refuse(403, "This workflow is already running");
  if (which === "failed" && run.conclusion === "success") refuse(403, "This workflow run cannot be retried");
  const now = hub.now();
  const triggeringActor = actorOf(call.principal, { person: hub.person, appSlug: hub.app.slug });
  Object.assign(run, {
    attempt: run.attempt + 1,
    status: "queued",
    conclusion: null,
    planned: null,
    updatedAt: now,
    startedAt: now,
    triggeringActor,
  });
  hub.actions.start(run, which);
  return { status: 201, body: {} };
}
