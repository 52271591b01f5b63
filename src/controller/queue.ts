export interface Queue {
  /** Look at this key soon. Asked for twice before it is looked at, it is looked at once. */
  add(key: string): void;
  /** No later than then. */
  addAt(key: string, at: Date): void;
  /** Forgets what waits and takes no more; what runs goes on to its end. */
  pause(): void;
  /** Takes keys again. */
  resume(): void;
  /** Takes no more, and resolves when what runs has ended. */
  stop(): Promise<void>;
  /** Keys that wait or run; for metrics. */
  readonly length: number;
}

const BACKOFF_MS = { first: 1_000, most: 60_000 };

/**
 * Keys, never events. One worker a key at a time; a key added while it is worked on is worked on once more.
 * A failure is tried again after a pause that doubles, for that key alone.
 */
export function createQueue(options: {
  work: (key: string) => Promise<{ again?: Date }>;
  workers: number;
  onError: (key: string, error: unknown, failures: number) => void;
  now: () => Date;
}): Queue {
  const ready: string[] = [];
  const waiting = new Set<string>();
  const running = new Set<string>();
  const dirty = new Set<string>();
  const failures = new Map<string, number>();
  const timers = new Map<string, { at: number; timer: NodeJS.Timeout }>();
  let paused = false;
  let stopping: PromiseWithResolvers<void> | undefined;

  function add(key: string) {
    if (stopping || paused) return;
    if (running.has(key)) {
      dirty.add(key);
      return;
    }
    if (waiting.has(key)) return;
    waiting.add(key);
    ready.push(key);
    next();
  }

  function addAt(key: string, at: Date) {
    const planned = timers.get(key);
    if (stopping || paused || (planned && planned.at <= at.getTime())) return;
    clearTimeout(planned?.timer);
    const timer = setTimeout(
      () => {
        timers.delete(key);
        add(key);
      },
      Math.max(0, at.getTime() - options.now().getTime()),
    );
    timers.set(key, { at: at.getTime(), timer });
  }

  function next() {
    while (running.size < options.workers) {
      const key = ready.shift();
      if (key === undefined) return;
      waiting.delete(key);
      running.add(key);
      void run(key);
    }
  }

  async function run(key: string) {
    try {
      const { again } = await options.work(key);
      failures.delete(key);
      if (again) addAt(key, again);
    } catch (error) {
      const count = (failures.get(key) ?? 0) + 1;
      failures.set(key, count);
      options.onError(key, error, count);
      addAt(key, new Date(options.now().getTime() + Math.min(BACKOFF_MS.first * 2 ** (count - 1), BACKOFF_MS.most)));
    }
    running.delete(key);
    if (dirty.delete(key)) add(key);
    if (stopping && running.size === 0) stopping.resolve();
    else next();
  }

  function forget() {
    for (const { timer } of timers.values()) clearTimeout(timer);
    timers.clear();
    ready.length = 0;
    waiting.clear();
    dirty.clear();
    failures.clear();
  }

  return {
    add,
    addAt,
    pause() {
      paused = true;
      forget();
    },
    resume() {
      paused = false;
    },
    get length() {
      return waiting.size + running.size;
    },
    stop() {
      forget();
      stopping ??= Promise.withResolvers();
      if (running.size === 0) stopping.resolve();
      return stopping.promise;
    },
  };
}
