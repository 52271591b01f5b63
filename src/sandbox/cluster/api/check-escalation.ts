import type { KubeObject } from "../store.ts";
import type { ResourceCall } from "./call.ts";

export function escalation(_call: ResourceCall, _object: KubeObject): void {}
