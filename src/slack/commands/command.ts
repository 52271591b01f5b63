import type { Call } from "../call.ts";
import type { Desk } from "../desk.ts";
import type { Parsed } from "./parse.ts";

export type Verb =
  | "create"
  | "plan"
  | "status"
  | "list"
  | "doctor"
  | "retry"
  | "undo"
  | "cancel"
  | "keep"
  | "delete"
  | "pin"
  | "unpin"
  | "help";

/** One verb of `/project`, and of `@slipway` in a thread. Its summary and examples are the catalogue's. */
export interface Command {
  verb: Verb;
  run(parsed: Parsed, call: Call, desk: Desk): Promise<void>;
}
