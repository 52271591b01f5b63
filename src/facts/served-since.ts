import type { SiteSeen } from "../project/ports/sites.ts";
import { readingOf } from "./reading-of.ts";

/** Whether anybody who looked after `at` was answered by the application. */
export function servedSince(seen: SiteSeen, at: Date): boolean {
  return seen.looks.some((look) => look.at > at && readingOf(look, seen).kind === "served");
}
