import { isJsonObject } from "./is-json-object.ts";
import type { JsonObject } from "./json.ts";

/** An object on its way through a build, and what references to it may still be called. */
export interface Draft {
  object: JsonObject;
  /** Every name it has had, newest last: a reference by any of them is followed. */
  names: string[];
  needsHash: boolean;
}

export function metadataOf(object: JsonObject): JsonObject {
  const metadata = object.metadata;
  if (isJsonObject(metadata)) {
    return metadata;
  }
  const made: JsonObject = {};
  object.metadata = made;
  return made;
}

export function textOf(value: unknown): string {
  return value === undefined || value === null ? "" : String(value);
}

export const nameOf = (object: JsonObject): string => textOf(metadataOf(object).name);
export const namespaceOf = (object: JsonObject): string => textOf(metadataOf(object).namespace);
export const kindOf = (object: JsonObject): string => textOf(object.kind);

export function groupVersionOf(object: JsonObject): { group: string; version: string } {
  const parts = textOf(object.apiVersion).split("/");
  return parts.length > 1 ? { group: parts[0] ?? "", version: parts[1] ?? "" } : { group: "", version: parts[0] ?? "" };
}

/**
 * How kustomize writes an object's identity: `Deployment.v1.apps/web.[noNs]`.
 * https://github.com/kubernetes-sigs/kustomize/blob/api/v0.20.1/kyaml/resid/resid.go
 */
export function idOf(object: JsonObject): string {
  const { group, version } = groupVersionOf(object);
  const gvk = `${kindOf(object) || "[noKind]"}.${version || "[noVer]"}.${group || "[noGrp]"}`;
  return `${gvk}/${nameOf(object) || "[noName]"}.${namespaceOf(object) || "[noNs]"}`;
}
