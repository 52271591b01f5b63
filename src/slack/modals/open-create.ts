import type { Call, Desk } from "../call.ts";
import type { Parsed } from "../commands/parse.ts";

export async function openCreate(_parsed: Parsed, _call: Call, _desk: Desk): Promise<void> {}
