import { type Condition, withCondition, withoutCondition } from "../runtime/conditions.ts";

/** A Deployment's condition also says when its reason was last confirmed. */
export interface DeploymentCondition extends Condition {
  lastUpdateTime?: string;
}

export interface Rollout {
  /** The new ReplicaSet's name. */
  name: string;
  /** Just made by this look. */
  created: boolean;
  wanted: number;
  total: number;
  updated: number;
  available: number;
  ready: number;
  maxUnavailable: number;
  deadlineSeconds: number;
  failure?: string;
  paused: boolean;
}

/**
 * Available and Progressing as the deployment controller words them.
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/controller/deployment/progress.go and sync.go
 */
export function deploymentConditions(
  before: readonly DeploymentCondition[],
  rollout: Rollout,
  progressed: boolean,
  now: Date,
  speed: number,
): DeploymentCondition[] {
  const at = `${now.toISOString().slice(0, 19)}Z`;
  const set = (conditions: readonly DeploymentCondition[], condition: Condition): DeploymentCondition[] => {
    const same = conditions.find(({ type }) => type === condition.type);
    const unchanged =
      same?.status === condition.status &&
      same.reason === condition.reason &&
      !(progressed && condition.reason === "ReplicaSetUpdated");
    return unchanged
      ? [...conditions]
      : withCondition(conditions, condition, at).map((one) =>
          one.type === condition.type ? { ...one, lastUpdateTime: at } : one,
        );
  };
  const enough = rollout.available >= rollout.wanted - rollout.maxUnavailable;
  const available = set(before, {
    type: "Available",
    status: enough ? "True" : "False",
    reason: enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
    message: enough ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
  });
  const failed = rollout.failure
    ? set(available, { type: "ReplicaFailure", status: "True", reason: "FailedCreate", message: rollout.failure })
    : withoutCondition(available, "ReplicaFailure");
  return set(failed, progressing(before, rollout, progressed, now, speed));
}

function progressing(
  before: readonly DeploymentCondition[],
  rollout: Rollout,
  progressed: boolean,
  now: Date,
  speed: number,
): Condition {
  const last = before.find(({ type }) => type === "Progressing");
  const quoted = JSON.stringify(rollout.name);
  if (rollout.paused) {
    return { type: "Progressing", status: "Unknown", reason: "DeploymentPaused", message: "Deployment is paused" };
  }
  const complete =
    rollout.updated === rollout.wanted && rollout.total === rollout.wanted && rollout.available === rollout.wanted;
  if (complete) {
    return {
      type: "Progressing",
      status: "True",
      reason: "NewReplicaSetAvailable",
      message: `ReplicaSet ${quoted} has successfully progressed.`,
    };
  }
  if (rollout.created || last === undefined) {
    return {
      type: "Progressing",
      status: "True",
      reason: "NewReplicaSetCreated",
      message: `Created new replica set ${quoted}`,
    };
  }
  if (progressed || (last.reason === "NewReplicaSetAvailable" && rollout.updated < rollout.wanted)) {
    return {
      type: "Progressing",
      status: "True",
      reason: "ReplicaSetUpdated",
      message: `ReplicaSet ${quoted} is progressing.`,
    };
  }
  const since = Date.parse(last.lastUpdateTime ?? last.lastTransitionTime ?? now.toISOString());
  const overdue = (now.getTime() - since) * speed >= rollout.deadlineSeconds * 1_000;
  if (overdue && last.reason !== "NewReplicaSetAvailable") {
    return {
      type: "Progressing",
      status: "False",
      reason: "ProgressDeadlineExceeded",
      message: `ReplicaSet ${quoted} has timed out progressing.`,
    };
  }
  return { type: last.type, status: last.status, reason: last.reason, message: last.message };
}
