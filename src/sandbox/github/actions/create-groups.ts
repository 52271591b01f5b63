/** One that wants its turn. `displace`: another has taken its place, running or waiting. */
export interface Turn {
  /** Called when it has to wait. */
  waits(): void;
  displace(): void;
}

export interface Groups {
  /** Resolves when it is this one's turn, with the way to end it; rejects when `signal` aborts before. */
  enter(group: string, cancelsRunning: boolean, turn: Turn, signal: AbortSignal): Promise<() => void>;
}

interface Group {
  running: Turn;
  waiting?: { turn: Turn; begin(): void };
}

/**
 * Concurrency groups by name: at most one runs and one waits, and who comes last waits.
 * https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
 */
export function createGroups(): Groups {
  const groups = new Map<string, Group>();
  const leave = (name: string, turn: Turn) => () => {
    const group = groups.get(name);
    if (group?.running !== turn) return;
    groups.delete(name);
    if (!group.waiting) return;
    groups.set(name, { running: group.waiting.turn });
    group.waiting.begin();
  };
  return {
    async enter(name, cancelsRunning, turn, signal) {
      signal.throwIfAborted();
      const group = groups.get(name);
      if (!group) {
        groups.set(name, { running: turn });
        return leave(name, turn);
      }
      group.waiting?.turn.displace();
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      group.waiting = { turn, begin: resolve };
      turn.waits();
      const giveUp = () => {
        if (group.waiting?.turn === turn) delete group.waiting;
        reject(signal.reason);
      };
      signal.addEventListener("abort", giveUp, { once: true });
      if (cancelsRunning) group.running.displace();
      try {
        await promise;
      } finally {
        signal.removeEventListener("abort", giveUp);
      }
      return leave(name, turn);
    },
  };
}
