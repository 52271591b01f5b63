import type { Conclusion } from "./state.ts";

/** What is wrong with this GitHub at the moment; `control` turns these, everybody reads them. */
export interface Faults {
  /** Answers 403 "API rate limit exceeded" until this time. */
  primaryLimitUntil: number;
  /** How many of the next calls are answered by the secondary rate limit, and the seconds of its retry-after. */
  secondary: { calls: number; retryAfter: number };
  /** Answers all of REST with 503 / git and pages with 503. */
  unreachable: boolean;
  webhooks: { drop: number; double: number; reorder: number };
  failBuild: { step: string | null; lines: string[] } | null;
  slowBuild: number;
  /** How the next run that begins is said to end. */
  endRun: Conclusion;
  actionsDisabledForNew: boolean;
  packagesDenied: boolean;
  registryUnreachable: boolean;
}

export function createFaults(): Faults {
  return {
    primaryLimitUntil: 0,
    secondary: { calls: 0, retryAfter: 0 },
    unreachable: false,
    webhooks: { drop: 0, double: 0, reorder: 0 },
    failBuild: null,
    slowBuild: 1,
    endRun: null,
    actionsDisabledForNew: false,
    packagesDenied: false,
    registryUnreachable: false,
  };
}
