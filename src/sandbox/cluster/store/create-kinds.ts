import type { KubeObject } from "../store.ts";
import { BUILTIN_KINDS } from "./builtin-kinds.ts";
import { customKinds } from "./custom-kinds.ts";
import type { Kind } from "./kind.ts";

/** What is served: the built-in kinds and those of the CustomResourceDefinitions that are there now. */
export interface Kinds {
  all(): Kind[];
  /** By the names in an object. */
  named(apiVersion: string, kind: string): Kind | undefined;
  /** By the names in a URL. */
  at(group: string, version: string, plural: string): Kind | undefined;
  define(definition: KubeObject): void;
  undefine(definition: KubeObject): void;
}

export function apiVersionOf(kind: Pick<Kind, "group" | "version">): string {
  return kind.group === "" ? kind.version : `${kind.group}/${kind.version}`;
}

export function createKinds(): Kinds {
  const custom = new Map<string, Kind[]>();
  const all = () => [...BUILTIN_KINDS, ...[...custom.values()].flat()];
  return {
    all,
    named: (apiVersion, name) => all().find((kind) => kind.kind === name && apiVersionOf(kind) === apiVersion),
    at: (group, version, plural) =>
      all().find((kind) => kind.group === group && kind.version === version && kind.plural === plural),
    define: (definition) => custom.set(definition.metadata.name, customKinds(definition)),
    undefine: (definition) => custom.delete(definition.metadata.name),
  };
}
