/** Somebody's turn to be looked at from one vantage. */
export interface Turn {
  vantage: string;
  /** By the monotonic clock; `Infinity`: not until it is asked for. */
  due: number;
  /** Comes before those that are only due; both get half where there are more than can be taken. */
  urgent: boolean;
  begunAt: number;
  running: boolean;
}

export interface TurnClock {
  monotonic(): number;
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export interface Turns<T extends Turn> {
  add(turn: T): void;
  remove(turn: T): void;
  /** Before what is only due, and no later than then; one that runs is taken once more afterwards. */
  bring(turn: T, due: number): void;
  /** A look was made besides; the next turn waits as if it had been one. */
  spend(): void;
  stop(): void;
}

/**
 * Takes turns, so many a second at most, the longest overdue first: with more than can be taken all wait alike, and none is
 * passed over. One loop and one timer for all of them; without turns there is neither.
 */
export function createTurns<T extends Turn>(options: {
  /** Plans the next turn (`turn.due`) itself. Never rejects. */
  take(turn: T): Promise<void>;
  perSecond: number;
  /** How many may run at once. */
  atOnce(vantage: string): number;
  clock: TurnClock;
}): Turns<T> {
  const { clock } = options;
  const gapMs = 1000 / options.perSecond;
  const turns = new Set<T>();
  const running = new Map<string, number>();
  let wake = new AbortController();
  let stopped = new AbortController();
  let lastBegun = Number.NEGATIVE_INFINITY;
  let urgentBefore = false;
  let loop: object | undefined;

  async function run(mine: object) {
    // Whoever asks for a look does not begin it.
    await undefined;
    while (loop === mine && turns.size > 0) {
      const now = clock.monotonic();
      if (lastBegun + gapMs > now) await clock.sleep(lastBegun + gapMs - now, stopped.signal);
      else {
        const turn = next(now);
        if (turn && turn.due <= now) begin(turn, now);
        else await clock.sleep(Math.min(turn ? turn.due - now : MOST_MS, MOST_MS), wake.signal);
        if (wake.signal.aborted) wake = new AbortController();
      }
    }
    if (loop === mine) loop = undefined;
  }

  /** Of those that may run, the longest overdue of its kind; the kinds alternate while both are due. */
  function next(now: number): T | undefined {
    const soonest: { urgent?: T; plain?: T } = {};
    for (const turn of turns) {
      if (turn.running || (running.get(turn.vantage) ?? 0) >= options.atOnce(turn.vantage)) continue;
      const kind = turn.urgent ? "urgent" : "plain";
      if (turn.due < (soonest[kind]?.due ?? Number.POSITIVE_INFINITY)) soonest[kind] = turn;
    }
    const { urgent, plain } = soonest;
    if (!urgent || !plain) return urgent ?? plain;
    const both = urgent.due <= now && plain.due <= now;
    return (both ? urgentBefore : plain.due < urgent.due) ? plain : urgent;
  }

  function begin(turn: T, now: number) {
    lastBegun = now;
    urgentBefore = turn.urgent;
    Object.assign(turn, { running: true, urgent: false, begunAt: now, due: Number.POSITIVE_INFINITY });
    running.set(turn.vantage, (running.get(turn.vantage) ?? 0) + 1);
    void options.take(turn).finally(() => {
      turn.running = false;
      running.set(turn.vantage, (running.get(turn.vantage) ?? 1) - 1);
      stir();
    });
  }

  function stir() {
    wake.abort();
    if (loop || turns.size === 0) return;
    loop = {};
    void run(loop);
  }

  return {
    add(turn) {
      turns.add(turn);
      stir();
    },
    remove: (turn) => void turns.delete(turn),
    bring(turn, due) {
      if (turn.due <= due && turn.urgent) return;
      Object.assign(turn, { due: Math.min(turn.due, due), urgent: true });
      stir();
    },
    spend() {
      lastBegun = Math.max(lastBegun + gapMs, clock.monotonic());
    },
    stop() {
      turns.clear();
      loop = undefined;
      wake.abort();
      stopped.abort();
      wake = new AbortController();
      stopped = new AbortController();
    },
  };
}

/** A timer's longest: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const MOST_MS = 2 ** 31 - 1;
