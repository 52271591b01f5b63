import { readdirSync, readFileSync } from "node:fs";
import type { RecordedProject } from "./recorded-project.ts";

const FOLDER = new URL("../fixtures/projects/", import.meta.url);

/** Every state that was recorded, by its name. */
export function recordings(): [state: string, recording: RecordedProject][] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(".json"))
    .map((file) => [file.replace(".json", ""), JSON.parse(readFileSync(new URL(file, FOLDER), "utf8"))]);
}

export function recording(state: string): RecordedProject {
  const found = recordings().find(([name]) => name === state);
  if (!found) throw new Error(`nothing is recorded of a project that is ${state}`);
  return found[1];
}
