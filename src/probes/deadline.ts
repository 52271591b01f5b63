export interface Deadline {
  /** As it was set. */
  milliseconds: number;
  signal: AbortSignal;
  /** Races what is under way against the time that is left; `"late"` when that is up. */
  race<T>(work: Promise<T>): Promise<T | "late">;
}

/** One bound for all layers of a probe together. */
export function createDeadline(milliseconds: number): Deadline {
  const signal = AbortSignal.timeout(milliseconds);
  return {
    milliseconds,
    signal,
    async race(work) {
      const { promise, resolve } = Promise.withResolvers<"late">();
      const late = () => resolve("late");
      if (signal.aborted) late();
      signal.addEventListener("abort", late, { once: true });
      try {
        return await Promise.race([work, promise]);
      } finally {
        signal.removeEventListener("abort", late);
        // Whoever was too late has nobody to tell.
        work.catch(() => {});
      }
    },
  };
}
