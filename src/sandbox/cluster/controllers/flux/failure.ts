/** Why a Kustomization is not ready: the reason of its Ready condition, and what it says. */
export class ReconcileFailure extends Error {
  readonly reason: string;
  /** Simulated milliseconds until the next try, where it is not the retry interval. */
  readonly retryAfter: number | undefined;
  /** False for what the real controller only logs. */
  readonly told: boolean;

  constructor(reason: string, message: string, options: { retryAfter?: number; told?: boolean } = {}) {
    super(message);
    this.name = "ReconcileFailure";
    this.reason = reason;
    this.retryAfter = options.retryAfter;
    this.told = options.told ?? true;
  }
}
