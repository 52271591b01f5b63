import { Problem } from "../project/problem.ts";

/**
 * Something came, or was lost on its way, and it is not the API server's answer. It says neither that something is not there
 * nor that it was not done: what was to be changed may have been.
 */
export function unclearAnswer(evidence: string, more: { server?: string; cause?: unknown } = {}): Problem {
  const { server, cause } = more;
  return new Problem("cluster-unreachable", {
    evidence,
    params: { ...(server === undefined ? {} : { server }), answer: "unclear" },
    cause,
  });
}
