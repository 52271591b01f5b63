import { z } from "zod";
import { createRun } from "../actions/create-run.ts";
import { loadWorkflows } from "../actions/load-workflows.ts";
import { gitDirectory } from "../git/git-directory.ts";
import { readRefs } from "../git/read-refs.ts";
import { actorOf } from "../permit.ts";
import type { Workflow } from "../state.ts";
import { noContent, ok } from "./answer.ts";
import { paginate } from "./paginate.ts";
import { presentWorkflow } from "./present-run.ts";
import { notFound, refuse } from "./refuse.ts";
import type { Call, Route } from "./route.ts";

const WORKFLOWS = "/repos/{owner}/{repo}/actions/workflows";
const ONE = `${WORKFLOWS}/{workflow_id}`;
const READ: Route["permission"] = ["actions", "read"];
const WRITE: Route["permission"] = ["actions", "write"];

export const workflowRoutes: Route[] = [
  {
    operation: "actions/list-repo-workflows",
    method: "GET",
    path: WORKFLOWS,
    permission: READ,
    handle: (call) => {
      const own = call.hub.state.workflows.filter((one) => one.repositoryId === call.repository().id);
      const { items, headers } = paginate(call, own);
      return ok(
        { total_count: own.length, workflows: items.map((one) => presentWorkflow(call.hub, call.repository(), one)) },
        headers,
      );
    },
  },
  {
    operation: "actions/get-workflow",
    method: "GET",
    path: ONE,
    permission: READ,
    handle: (call) => ok(presentWorkflow(call.hub, call.repository(), findWorkflow(call))),
  },
  {
    operation: "actions/create-workflow-dispatch",
    method: "POST",
    path: `${ONE}/dispatches`,
    permission: WRITE,
    handle: dispatch,
  },
  {
    operation: "actions/enable-workflow",
    method: "PUT",
    path: `${ONE}/enable`,
    permission: WRITE,
    handle: (call) => setState(call, "active"),
  },
  {
    operation: "actions/disable-workflow",
    method: "PUT",
    path: `${ONE}/disable`,
    permission: WRITE,
    handle: (call) => setState(call, "disabled_manually"),
  },
];

/** By id or by file name, as the path allows. */
export function findWorkflow(call: Call): Workflow {
  const name = call.params.workflow_id ?? "";
  const own = call.hub.state.workflows.filter((one) => one.repositoryId === call.repository().id);
  return own.find((one) => String(one.id) === name || one.path.endsWith(`/${name}`)) ?? notFound();
}

function setState(call: Call, state: Workflow["state"]) {
  findWorkflow(call).state = state;
  return noContent();
}

async function dispatch(call: Call) {
  const { hub } = call;
  const repository = call.repository();
  const workflow = findWorkflow(call);
  const wanted = call.body(
    z.object({
      ref: z.string(),
      inputs: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).default({}),
    }),
  );
  if (!repository.actions.enabled) refuse(403, "Actions has been disabled for this repository.");
  if (workflow.state !== "active") refuse(422, "Cannot trigger a 'workflow_dispatch' on a disabled workflow");
  const refs = await readRefs(gitDirectory(hub, repository));
  const ref = [wanted.ref, `refs/heads/${wanted.ref}`, `refs/tags/${wanted.ref}`].find((name) => refs.has(name));
  const headSha = ref && refs.get(ref);
  if (!ref || !headSha) refuse(422, `No ref found for: ${wanted.ref}`);
  const loaded = (await loadWorkflows(hub, repository, headSha)).find((one) => one.workflow === workflow);
  if (!loaded?.file?.on.dispatch) refuse(422, "Workflow does not have 'workflow_dispatch' trigger");
  const actor = actorOf(call.principal, { person: hub.person, appSlug: hub.app.slug });
  const headBranch = ref.replace(/^refs\/(heads|tags)\//, "");
  await createRun(hub, repository, loaded, {
    event: "workflow_dispatch",
    ref,
    headBranch,
    headSha,
    actor,
    inputs: wanted.inputs,
  });
  return noContent();
}
