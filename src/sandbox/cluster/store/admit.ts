import type { KubeObject } from "../store.ts";
import type { Admission } from "./admission/admission.ts";
import { checkNamespace } from "./admission/check-namespace.ts";
import { checkPodSecurity } from "./admission/check-pod-security.ts";
import { checkQuota } from "./admission/check-quota.ts";
import { prepareJob } from "./admission/prepare-job.ts";
import { preparePod } from "./admission/prepare-pod.ts";
import { prepareService } from "./admission/prepare-service.ts";
import type { Kind } from "./kind.ts";

/** What the real server's admission plugins refuse or fill in. `previous` is there on an update. */
export function admit(
  kind: Kind,
  object: KubeObject,
  previous: KubeObject | undefined,
  admission: Admission,
): KubeObject {
  if (previous === undefined && kind.namespaced) checkNamespace(kind, object, admission.storage);
  if (kind.custom) return object;
  let admitted = object;
  if (kind.kind === "Namespace" && previous === undefined) {
    admitted = { ...object, spec: { finalizers: ["kubernetes"] } };
  }
  if (kind.kind === "Pod" && previous === undefined) admitted = preparePod(kind, object, admission);
  if (kind.kind === "Job" && previous === undefined) admitted = prepareJob(object);
  if (kind.kind === "Service") admitted = prepareService(object, previous, admission);
  checkPodSecurity(kind, admitted, previous, admission);
  if (previous === undefined) checkQuota(kind, admitted, admission.storage);
  return admitted;
}
