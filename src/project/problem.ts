import type { Params } from "./params.ts";

/**
 * An error with a destiny, made where the knowledge is and put in words (`words.findings[code]`) where the person is.
 * `retry`: a back-off may mend it. `wait`: not before `until`. `person`: somebody must act.
 */
export class Problem extends Error {
  readonly code: string;
  readonly destiny: { kind: "retry" } | { kind: "wait"; until: Date } | { kind: "person" };
  readonly params: Params;
  /** The line that proves it; no secret, no stack, no raw JSON. */
  readonly evidence: string;

  constructor(
    code: string,
    options: { destiny?: Problem["destiny"]; params?: Params; evidence: string; cause?: unknown },
  ) {
    super(`${code}: ${options.evidence}`, { cause: options.cause });
    this.name = "Problem";
    this.code = code;
    this.destiny = options.destiny ?? { kind: "retry" };
    this.params = options.params ?? {};
    this.evidence = options.evidence;
  }
}
