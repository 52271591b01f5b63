import type { KubeObject } from "../../store.ts";
import { at } from "../at.ts";
import { builtinKind } from "../builtin-kind.ts";
import { isObject } from "../is-object.ts";
import type { Kind } from "../kind.ts";
import { refuse } from "../refuse.ts";
import type { Admission } from "./admission.ts";
import { podSecurity } from "./pod-security.ts";

const TEMPLATES: Readonly<Record<string, string>> = {
  Pod: "spec",
  Deployment: "spec.template.spec",
  ReplicaSet: "spec.template.spec",
  StatefulSet: "spec.template.spec",
  DaemonSet: "spec.template.spec",
  Job: "spec.template.spec",
  CronJob: "spec.jobTemplate.spec.template.spec",
};

/** Pods are refused, what makes pods is only warned about: https://kubernetes.io/docs/concepts/security/pod-security-admission/ */
export function checkPodSecurity(
  kind: Kind,
  object: KubeObject,
  previous: KubeObject | undefined,
  { storage, warn }: Admission,
): void {
  const path = TEMPLATES[kind.kind];
  const spec = path === undefined ? undefined : at(object, path);
  if (!isObject(spec) || (kind.kind === "Pod" && previous !== undefined)) return;
  const namespace = storage.read(builtinKind("Namespace"), undefined, object.metadata.namespace ?? "");
  const level = (mode: string) => namespace?.metadata.labels?.[`pod-security.kubernetes.io/${mode}`] ?? "privileged";
  const version = (mode: string) =>
    namespace?.metadata.labels?.[`pod-security.kubernetes.io/${mode}-version`] ?? "latest";
  const enforced = kind.kind === "Pod" ? podSecurity(level("enforce"), spec) : "";
  if (enforced !== "") {
    const policy = `${level("enforce")}:${version("enforce")}`;
    throw refuse.forbidden(kind, object.metadata.name, `violates PodSecurity ${JSON.stringify(policy)}: ${enforced}`);
  }
  const warned = podSecurity(level("warn"), spec);
  if (warned !== "") warn(`would violate PodSecurity "${level("warn")}:${version("warn")}": ${warned}`);
}
