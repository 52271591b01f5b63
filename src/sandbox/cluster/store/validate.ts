import type { KubeObject } from "../store.ts";
import type { Kind } from "./kind.ts";
import { refuse } from "./refuse.ts";
import { BUILTIN_FAULTS } from "./validation/builtin-faults.ts";
import { metadataFaults } from "./validation/metadata.ts";
import { schemaFaults } from "./validation/schema-faults.ts";

/** Throws Invalid with everything that is wrong with the object. `previous` is there on an update. */
export function validate(kind: Kind, object: KubeObject, previous: KubeObject | undefined): void {
  const own = kind.custom ? customFaults(kind, object) : (BUILTIN_FAULTS[kind.kind]?.(object, previous) ?? []);
  const faults = [...metadataFaults(kind, object), ...own];
  if (faults.length > 0) throw refuse.invalid(kind, object.metadata.name, faults);
}

function customFaults(kind: Kind, { metadata: _, ...rest }: KubeObject) {
  // Metadata has rules of its own, whatever the definition says of it.
  const { properties, ...schema } = kind.schema();
  const { metadata: __, ...others } = properties ?? {};
  return schemaFaults({ ...schema, properties: others }, rest, "");
}
