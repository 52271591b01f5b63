import type { Hub } from "../hub.ts";
import { presentRun, presentWorkflow } from "../rest/present-run.ts";
import type { Run } from "../state.ts";
import { basePayload } from "./base-payload.ts";

export function announceRun(hub: Hub, run: Run, action: "requested" | "in_progress" | "completed"): void {
  const repository = hub.state.repositories.find((one) => one.id === run.repositoryId);
  const workflow = hub.state.workflows.find((one) => one.id === run.workflowId);
  if (!repository || !workflow) return;
  const payload = {
    action,
    workflow_run: presentRun(hub, repository, run),
    workflow: presentWorkflow(hub, repository, workflow),
    ...basePayload(hub, repository, run.triggeringActor),
  };
  hub.emit({ repository, event: "workflow_run", action, payload });
}
