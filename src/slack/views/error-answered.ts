import type { EnvironmentStatus } from "../../project/project.ts";

/** Of a page that asks for a login, which is as it should be. */
const LOGIN: readonly number[] = [401, 403];

/** The status of an error that the application itself answers with, where it is looked at: it is reached, and not well. */
export function errorAnswered(now: EnvironmentStatus["now"]): number | undefined {
  const status = now?.unseenSince === undefined ? now?.answer?.status : undefined;
  return status !== undefined && status >= 400 && !LOGIN.includes(status) ? status : undefined;
}
