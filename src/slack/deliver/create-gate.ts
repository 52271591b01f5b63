/** One rate limit, kept on our side of it: a token bucket that a Retry-After can close for a while. */
export interface Gate {
  /** When the next call may go: `now` where it may go at once. */
  opensAt(now: Date): Date;
  take(now: Date): void;
  closeUntil(until: Date): void;
  /** From 0 (none left) to 1 (all of the burst). */
  room(now: Date): number;
}

export function createGate(options: { burst: number; perMinute: number }): Gate {
  const perMillisecond = options.perMinute / 60_000;
  let tokens = options.burst;
  let filledAt: number | undefined;
  let closed = 0;

  const fill = (now: Date) => {
    const time = now.getTime();
    if (filledAt !== undefined) {
      tokens = Math.min(options.burst, tokens + Math.max(0, time - filledAt) * perMillisecond);
    }
    filledAt = time;
  };

  return {
    opensAt: (now) => {
      fill(now);
      const wait = tokens >= 1 ? 0 : Math.ceil((1 - tokens) / perMillisecond);
      return new Date(Math.max(now.getTime() + wait, closed));
    },
    take: (now) => {
      fill(now);
      tokens -= 1;
    },
    closeUntil: (until) => {
      closed = Math.max(closed, until.getTime());
    },
    room: (now) => {
      fill(now);
      return now.getTime() < closed ? 0 : Math.max(0, tokens) / options.burst;
    },
  };
}
