import type { Fields } from "./model.ts";

/** An answer `{ ok: false, error }` of the Web API, thrown where the reason is known. */
export class Refusal extends Error {
  readonly code: string;
  readonly details: Fields;

  constructor(code: string, details: Fields = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}
