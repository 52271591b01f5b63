/** Asked just before each write is sent; throws the problem `leader-lost` once that may not be sent any more. */
export type MayWrite = () => void;

/**
 * Keeps a replica that no longer leads from writing. Every HTTP client takes `here()` when it is called and asks what it
 * got before each request that changes something, retries included: by then a queue may have turned to it in somebody
 * else's name, and a process that was stopped may have been overtaken. Implemented in src/start/create-fence.ts.
 */
export interface Fence {
  /** For whoever calls now. Who is in no leader's term may always write. */
  here(): MayWrite;
}

/** For what leads nobody: a command in a terminal, a test. */
export const OPEN: Fence = { here: () => () => {} };
