import type { JsonObject } from "./json.ts";

/**
 * Lists that a strategic merge joins by key; every other list is replaced.
 * From `x-kubernetes-patch-merge-key` in https://github.com/kubernetes/kubernetes/blob/v1.34.4/api/openapi-spec/swagger.json
 */
const MERGE_KEYS: Record<string, string> = {
  containers: "name",
  initContainers: "name",
  ephemeralContainers: "name",
  env: "name",
  volumes: "name",
  volumeMounts: "mountPath",
  volumeDevices: "devicePath",
  imagePullSecrets: "name",
  secrets: "name",
  hostAliases: "ip",
  topologySpreadConstraints: "topologyKey",
  ownerReferences: "uid",
  conditions: "type",
};

/** Only these groups have a schema that kustomize knows; elsewhere lists are replaced. */
const KNOWN_GROUPS =
  /^(v1|apps\/.*|batch\/.*|autoscaling\/.*|policy\/.*|networking\.k8s\.io\/.*|rbac\.authorization\.k8s\.io\/.*)$/;

export function mergeKey(object: JsonObject, path: readonly string[]): string | undefined {
  if (!KNOWN_GROUPS.test(String(object.apiVersion ?? ""))) {
    return undefined;
  }
  const field = path.at(-1) ?? "";
  if (field === "ports") {
    return object.kind === "Service" ? "port" : path.includes("containers") ? "containerPort" : undefined;
  }
  if (field === "secrets" && object.kind !== "ServiceAccount") {
    return undefined;
  }
  return MERGE_KEYS[field];
}
