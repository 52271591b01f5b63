import { readFile } from "node:fs/promises";
import type { AccessState } from "../../project/ports/doctor.ts";
import { parseAccessFile } from "./access-file.ts";

/** What a bot that starts now with this ACCESS_FILE would find. */
export async function readAccessState(file: string | undefined): Promise<AccessState> {
  if (file === undefined) return { file, rules: 0, problem: undefined };
  try {
    return { file, rules: parseAccessFile(await readFile(file, "utf8")).rules.length, problem: undefined };
  } catch (error) {
    return { file, rules: 0, problem: error instanceof Error ? error.message : String(error) };
  }
}
