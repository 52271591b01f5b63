import { RequestError } from "@octokit/request-error";

/** Did GitHub answer with one of these statuses? */
export function isStatus(error: unknown, ...statuses: number[]): error is RequestError {
  return error instanceof RequestError && statuses.includes(error.status);
}
