import type { KubeObject } from "../../store.ts";
import { at } from "../at.ts";
import { mergePatch } from "../merge-patch.ts";

/**
 * A Job finds its pods by its own uid, unless it says how itself.
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/registry/batch/job/strategy.go (generateSelector)
 */
export function prepareJob(job: KubeObject): KubeObject {
  if (at(job, "spec.manualSelector") === true) return job;
  const { uid, name } = job.metadata;
  const labels = {
    "batch.kubernetes.io/controller-uid": uid,
    "batch.kubernetes.io/job-name": name,
    "controller-uid": uid,
    "job-name": name,
  };
  const matchLabels = { "batch.kubernetes.io/controller-uid": uid };
  // A KubeObject with some fields of its spec merged is one.
  return mergePatch(job, { spec: { selector: { matchLabels }, template: { metadata: { labels } } } }) as KubeObject;
}
