import type { KubeObject } from "../../store.ts";
import { isObject, type JsonObject } from "../is-object.ts";
import { defaulted, within } from "./defaulted.ts";
import { podSpec } from "./pod-spec.ts";

const template = (value: unknown) => within(defaulted({ metadata: {} }, value), { spec: podSpec });

function withSpec(object: KubeObject, defaults: JsonObject, changes: Record<string, (field: unknown) => unknown> = {}) {
  const spec = within(defaulted(defaults, object.spec), { template, ...changes });
  return { ...object, spec, status: object.status ?? {} };
}

/** https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis/apps/v1/defaults.go */
export const deployment = (object: KubeObject) =>
  withSpec(
    object,
    { replicas: 1, strategy: { type: "RollingUpdate" }, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 },
    {
      strategy: (value) => {
        const filled = defaulted({ type: "RollingUpdate" }, value);
        if (filled.type !== "RollingUpdate") return filled;
        return {
          ...filled,
          rollingUpdate: defaulted({ maxUnavailable: "25%", maxSurge: "25%" }, filled.rollingUpdate),
        };
      },
    },
  );

export const replicaSet = (object: KubeObject) => withSpec(object, { replicas: 1 });

export const statefulSet = (object: KubeObject) =>
  withSpec(object, {
    replicas: 1,
    podManagementPolicy: "OrderedReady",
    updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 0 } },
    revisionHistoryLimit: 10,
    persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
  });

export const daemonSet = (object: KubeObject) =>
  withSpec(object, {
    updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
    revisionHistoryLimit: 10,
  });

const JOB = {
  completions: 1,
  parallelism: 1,
  backoffLimit: 6,
  completionMode: "NonIndexed",
  suspend: false,
  manualSelector: false,
  podReplacementPolicy: "TerminatingOrFailed",
};

export const job = (object: KubeObject) => withSpec(object, JOB);

export const cronJob = (object: KubeObject) =>
  withSpec(
    object,
    { concurrencyPolicy: "Allow", suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 },
    {
      jobTemplate: (value) =>
        within(defaulted({ metadata: {} }, value), { spec: (spec) => within(defaulted({}, spec), { template }) }),
    },
  );

export const pod = (object: KubeObject) => ({
  ...object,
  spec: defaulted({ enableServiceLinks: true }, podSpec(object.spec)),
  status: isObject(object.status) ? { phase: "Pending", ...object.status } : { phase: "Pending" },
});
