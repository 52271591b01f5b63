import type { KubeObject } from "../store.ts";
import type { Kind } from "./kind.ts";

export function validate(_kind: Kind, _object: KubeObject, _previous: KubeObject | undefined): void {}
