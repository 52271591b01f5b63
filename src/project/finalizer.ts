/** Keeps a Project that is deleted with kubectl until its thread says what becomes of what was made for it. */
export const FINALIZER = "slipway.dev/farewell";
