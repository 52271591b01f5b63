import type { Hub } from "../hub.ts";
import { presentJob } from "../rest/present-run.ts";
import type { Job, Run } from "../state.ts";
import { basePayload } from "./base-payload.ts";

export function announceJob(
  hub: Hub,
  run: Run,
  job: Job,
  action: "queued" | "waiting" | "in_progress" | "completed",
): void {
  const repository = hub.state.repositories.find((one) => one.id === run.repositoryId);
  if (!repository) return;
  const presented = presentJob(hub, repository, run, job);
  // The event tells of the steps that have begun. https://docs.github.com/en/webhooks/webhook-events-and-payloads#workflow_job
  const steps = presented.steps.filter((step) => step.status !== "queued");
  const payload = {
    action,
    workflow_job: { ...presented, steps },
    ...basePayload(hub, repository, run.triggeringActor),
  };
  hub.emit({ repository, event: "workflow_job", action, payload });
}
