import type { Kind } from "../../store/kind.ts";

export interface Subresource {
  name: string;
  kind: string;
  group?: string;
  version?: string;
  verbs: string[];
}

const CHANGE = ["get", "patch", "update"];

/** The parts of a kind's objects that have URLs of their own. */
export function subresourcesOf(kind: Kind): Subresource[] {
  const found: Subresource[] = [];
  if (kind.scale !== undefined) {
    found.push({ name: "scale", kind: "Scale", group: "autoscaling", version: "v1", verbs: CHANGE });
  }
  if (kind.status) found.push({ name: "status", kind: kind.kind, verbs: CHANGE });
  if (kind.group !== "") return found;
  if (kind.kind === "Pod") {
    found.push(
      { name: "log", kind: "Pod", verbs: ["get"] },
      { name: "eviction", kind: "Eviction", group: "policy", version: "v1", verbs: ["create"] },
      { name: "binding", kind: "Binding", verbs: ["create"] },
    );
  }
  if (kind.kind === "Namespace") found.push({ name: "finalize", kind: "Namespace", verbs: ["update"] });
  if (kind.kind === "ServiceAccount") {
    found.push({
      name: "token",
      kind: "TokenRequest",
      group: "authentication.k8s.io",
      version: "v1",
      verbs: ["create"],
    });
  }
  return found;
}
