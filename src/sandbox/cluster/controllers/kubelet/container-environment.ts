import type { KubeObject, Store } from "../../store.ts";
import { secretData } from "../runtime/secret-data.ts";
import type { Container } from "./pod.ts";

export type Environment = { ok: true; values: Record<string, string> } | { ok: false; message: string };

/**
 * A container's environment, ConfigMaps and Secrets resolved; what is missing in the kubelet's words.
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/kubelet/kubelet_pods.go (makeEnvironmentVariables)
 */
export function containerEnvironment(store: Store, pod: KubeObject, container: Container): Environment {
  const namespace = pod.metadata.namespace ?? "";
  const values: Record<string, string> = {};
  const read = (kind: "ConfigMap" | "Secret", name: string) => {
    const object = store.get({ apiVersion: "v1", kind, namespace, name });
    return object && (kind === "Secret" ? secretData(object) : configData(object));
  };
  for (const { prefix, configMapRef, secretRef } of container.envFrom) {
    for (const [kind, ref] of [["ConfigMap", configMapRef] as const, ["Secret", secretRef] as const]) {
      if (!ref) {
        continue;
      }
      const data = read(kind, ref.name);
      if (!data && !ref.optional) {
        return { ok: false, message: `${kind.toLowerCase()} "${ref.name}" not found` };
      }
      for (const [key, value] of Object.entries(data ?? {})) {
        values[`${prefix}${key}`] = value ?? "";
      }
    }
  }
  for (const { name, value, valueFrom } of container.env) {
    if (!valueFrom) {
      values[name] = expand(value ?? "", values);
      continue;
    }
    const { configMapKeyRef, secretKeyRef, fieldRef } = valueFrom;
    for (const [kind, ref] of [["ConfigMap", configMapKeyRef] as const, ["Secret", secretKeyRef] as const]) {
      if (!ref) {
        continue;
      }
      const data = read(kind, ref.name);
      if (!data && !ref.optional) {
        return { ok: false, message: `${kind.toLowerCase()} "${ref.name}" not found` };
      }
      const found = data?.[ref.key];
      if (found === undefined && !ref.optional) {
        return { ok: false, message: `couldn't find key ${ref.key} in ${kind} ${namespace}/${ref.name}` };
      }
      if (found !== undefined) {
        values[name] = found;
      }
    }
    if (fieldRef) {
      values[name] = fieldOf(pod, fieldRef.fieldPath);
    }
  }
  return { ok: true, values };
}

function configData(object: KubeObject): Record<string, string | undefined> {
  const data: unknown = object.data;
  return typeof data === "object" && data !== null
    ? Object.fromEntries(Object.entries(data).map(([key, value]) => [key, String(value)]))
    : {};
}

/** `$(NAME)` of what was set before: https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/ */
function expand(value: string, values: Record<string, string>): string {
  return value.replace(/\$\(([A-Za-z_][\w.-]*)\)/g, (all, name: string) => values[name] ?? all);
}

function fieldOf(pod: KubeObject, path: string): string {
  let at: unknown = pod;
  for (const part of path.replace(/\['(.*)'\]$/, ".$1").split(".")) {
    at = typeof at === "object" && at !== null ? new Map<string, unknown>(Object.entries(at)).get(part) : undefined;
  }
  return at === undefined ? "" : String(at);
}
