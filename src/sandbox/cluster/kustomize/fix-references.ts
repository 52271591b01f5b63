import { type Draft, kindOf, nameOf, namespaceOf } from "./draft.ts";
import { isJsonObject } from "./is-json-object.ts";
import type { Json, JsonObject } from "./json.ts";

/**
 * Follows renamed objects from where others name them.
 * https://github.com/kubernetes-sigs/kustomize/blob/api/v0.20.1/internal/konfig/builtinpluginconsts/namereference.go
 */
export function fixReferences(drafts: readonly Draft[]): void {
  const rename = (from: JsonObject) => (kind: string, name: string, only?: string) => {
    const candidates = drafts.filter(
      (draft) =>
        kindOf(draft.object) === kind &&
        draft.names.includes(name) &&
        (only === undefined || namespaceOf(draft.object) === only),
    );
    const near = candidates.find((draft) => namespaceOf(draft.object) === namespaceOf(from)) ?? candidates[0];
    const unchanged = drafts.some((draft) => kindOf(draft.object) === kind && nameOf(draft.object) === name);
    return near && !unchanged ? nameOf(near.object) : name;
  };
  for (const { object } of drafts) {
    visit(object, object, [], rename(object));
  }
}

/** `only`: the namespace that the named object must be in. */
type Rename = (kind: string, name: string, only?: string) => string;

/** Field (with its parent where the name alone is ambiguous) → kind of what it names. */
const REFERENCES: readonly { end: RegExp; kind: string; of?: string }[] = [
  { end: /\/(configMapRef|configMapKeyRef|configMap)\/name$/, kind: "ConfigMap" },
  { end: /\/(secretRef|secretKeyRef|imagePullSecrets)\/name$/, kind: "Secret" },
  { end: /\/projected\/sources\/secret\/name$/, kind: "Secret" },
  { end: /\/volumes\/secret\/secretName$/, kind: "Secret" },
  { end: /^\/spec\/tls\/secretName$/, kind: "Secret", of: "Ingress" },
  { end: /^\/imagePullSecrets\/name$/, kind: "Secret", of: "ServiceAccount" },
  { end: /^\/spec\/serviceName$/, kind: "Service", of: "StatefulSet" },
  { end: /\/backend\/service\/name$|^\/spec\/defaultBackend\/service\/name$/, kind: "Service", of: "Ingress" },
  { end: /\/serviceAccountName$/, kind: "ServiceAccount" },
  { end: /\/persistentVolumeClaim\/claimName$/, kind: "PersistentVolumeClaim" },
  { end: /\/priorityClassName$/, kind: "PriorityClass" },
  { end: /^\/spec\/ingressClassName$/, kind: "IngressClass", of: "Ingress" },
];

function visit(root: JsonObject, value: Json | undefined, path: readonly string[], rename: Rename): void {
  if (Array.isArray(value)) {
    for (const item of value) {
      visit(root, item, path, rename);
    }
    return;
  }
  if (!isJsonObject(value)) {
    return;
  }
  const at = path.join("/");
  const subjectOf = at === "subjects" && value.kind === "ServiceAccount" ? String(value.namespace ?? "") : undefined;
  if (at === "spec/scaleTargetRef" || at === "roleRef" || subjectOf !== undefined) {
    value.name = rename(String(value.kind), String(value.name), subjectOf);
  }
  for (const [key, inner] of Object.entries(value)) {
    const here = `/${[...path, key].join("/")}`;
    const found =
      typeof inner === "string" &&
      REFERENCES.find(({ end, of }) => (of === undefined || of === kindOf(root)) && end.test(here));
    if (found && typeof inner === "string") {
      value[key] = rename(found.kind, inner);
    } else if (key !== "metadata" || path.length > 0) {
      visit(root, inner, [...path, key], rename);
    }
  }
}
