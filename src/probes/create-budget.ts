const HOUR_MS = 3_600_000;

export interface Budget {
  /** Takes one; a time: there is none before then. */
  take(): Date | undefined;
  left(): number;
  /** Who counts on the other side says that there is none before then. */
  close(until: Date): void;
}

/** So many in any hour, whenever the other side's hour may begin. */
export function createBudget({ perHour, clock }: { perHour: number; clock: { now(): Date } }): Budget {
  let taken: number[] = [];
  let closedUntil = 0;

  function left(): number {
    const now = clock.now().getTime();
    taken = taken.filter((at) => at > now - HOUR_MS);
    return now < closedUntil ? 0 : perHour - taken.length;
  }

  return {
    left,
    take() {
      if (left() > 0) {
        taken.push(clock.now().getTime());
        return undefined;
      }
      const [oldest = 0] = taken;
      return new Date(Math.max(closedUntil, taken.length < perHour ? 0 : oldest + HOUR_MS));
    },
    close(until) {
      closedUntil = until.getTime();
    },
  };
}
