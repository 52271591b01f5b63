import type { FindingCode, FindingParams } from "./finding-params/index.ts";
import { known, type Params } from "./params.ts";

/**
 * An error with a destiny, made where the knowledge is and put in words (`words.findings[code]`) where the person is.
 * `retry`: a back-off may mend it. `wait`: not before `until`. `person`: somebody must act.
 */
export class Problem extends Error {
  readonly code: FindingCode;
  readonly destiny: { kind: "retry" } | { kind: "wait"; until: Date } | { kind: "person" };
  readonly params: Params;
  /** The line that proves it; no secret, no stack, no raw JSON. */
  readonly evidence: string;

  constructor(...[code, options]: Told) {
    super(`${code}: ${options.evidence}`, { cause: options.cause });
    this.name = "Problem";
    this.code = code;
    this.destiny = options.destiny ?? { kind: "retry" };
    this.params = known(options.params ?? {});
    this.evidence = options.evidence;
  }
}

/** A code, and all that its sentences are made of. */
type Told = {
  [Code in FindingCode]: [
    code: Code,
    options: { destiny?: Problem["destiny"]; evidence: string; cause?: unknown } & (Record<
      string,
      never
    > extends FindingParams[Code]
      ? { params?: FindingParams[Code] }
      : { params: FindingParams[Code] }),
  ];
}[FindingCode];
