import type { KubeObject } from "../../store.ts";
import type { ResourceCall } from "../call.ts";

export function asTable(_call: ResourceCall, _objects: KubeObject[], _metadata: object): object | undefined {
  return undefined;
}
