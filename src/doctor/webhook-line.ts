import type { Look } from "../project/look.ts";
import { lookOfProblem } from "../project/look-of-problem.ts";
import type { GitHub } from "../project/ports/github.ts";
import { Problem } from "../project/problem.ts";
import type { Project } from "../project/project.ts";
import type { Found } from "./check.ts";

/** Does GitHub tell us of this repository? By what its webhook's newest delivery was answered with. */
export async function webhookLine(project: Project, github: Pick<GitHub, "lastDelivery">): Promise<Look> {
  return { check: "webhook", ...(await look(project, github)) };
}

async function look({ spec, status }: Project, github: Pick<GitHub, "lastDelivery">): Promise<Found> {
  const id = status.repository?.hookId;
  if (id === undefined) return { state: "warning", reason: "WebhookNone" };
  const at = { owner: spec.owner, name: spec.repository };
  const params = { repository: `${at.owner}/${at.name}` };
  try {
    const last = await github.lastDelivery(at, id);
    if (last === "none") return { state: "unknown", reason: "WebhookUnused" };
    if (last === "gone") return { state: "failed", reason: "webhook-missing", params };
    const { event, status } = last;
    if (status >= 200 && status < 300) return { state: "ok", reason: "WebhookAnswered", params: { event, status } };
    const reason = status === 401 ? "webhook-secret-wrong" : "webhook-undelivered";
    return { state: "failed", reason, params, evidence: `${event}, ${last.at.toISOString()}: ${status}` };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return lookOfProblem("webhook", error);
  }
}
