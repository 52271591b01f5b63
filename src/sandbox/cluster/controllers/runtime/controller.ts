import type { StoreEvent } from "../../store.ts";

/** One control loop. Keys are `namespace/name` of what it reconciles; one worker a key, as in controller-runtime. */
export interface Controller {
  name: string;
  /** Keys that a change may concern. */
  keysOf(event: StoreEvent): readonly string[];
  /** Looks once; gives simulated milliseconds until it wants to look again without being told. */
  reconcile(key: string): Promise<number | undefined> | number | undefined;
}
