import type { Call } from "../call.ts";
import type { Desk } from "../desk.ts";

/** A button's doing. `value` is what the button carries: ids and names, never facts to be trusted. */
export type Press = (value: string, call: Call, desk: Desk) => Promise<void>;
