export interface Queue {
  /**
   * Look at this key soon. Asked for twice before it is looked at, it is looked at once. `due`: nothing hints at it, and it
   * stands behind all that something does.
   */
  add(key: string, lane?: Lane): void;
  /** No later than then; `due` unless that is so soon that it is under way. */
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

type Lane = "hinted" | "due";

const BACKOFF_MS = { first: 1_000, most: 60_000 };
/** What is to be looked at again within that is under way, and somebody waits for it. */
const UNDER_WAY_MS = 10_000;
/** However much is hinted at: of so many keys taken one is from what is due, so that none is never looked at. */
const TURN = 8;

/**
 * Keys, never events. One worker a key at a time; a key added while it is worked on is worked on once more.
 * A failure is tried again after a pause that doubles, for that key alone.
 *
 * What something hints at goes before what is only due, as of a thousand projects after a start; and not all workers are
 * given to that, since one look at it may take seconds.
 */
export function createQueue(options: {
  work: (key: string) => Promise<{ again?: Date }>;
  workers: number;
  onError: (key: string, error: unknown, failures: number) => void;
  now: () => Date;
}): Queue {
  /** In the order in which they came. */
  const waiting = { hinted: new Set<string>(), due: new Set<string>() };
  const running = new Map<string, Lane>();
  const dirty = new Map<string, Lane>();
  const failures = new Map<string, number>();
  const timers = new Map<string, { at: number; timer: NodeJS.Timeout }>();
  const mostDue = Math.max(1, options.workers - Math.ceil(options.workers / 4));
  let taken = 0;
  let paused = false;
  let stopping: PromiseWithResolvers<void> | undefined;

  function add(key: string, lane: Lane = "hinted") {
    if (stopping || paused) return;
    if (running.has(key)) {
      if (dirty.get(key) !== "hinted") dirty.set(key, lane);
      return;
    }
    if (waiting.hinted.has(key)) return;
    if (lane === "hinted") waiting.due.delete(key);
    waiting[lane].add(key);
    next();
  }

  function addAt(key: string, at: Date) {
    const inMs = at.getTime() - options.now().getTime();
    plan(key, at, inMs <= UNDER_WAY_MS ? "hinted" : "due");
  }

  function plan(key: string, at: Date, lane: Lane) {
    const planned = timers.get(key);
    if (stopping || paused || (planned && planned.at <= at.getTime())) return;
    clearTimeout(planned?.timer);
    const timer = setTimeout(
      () => {
        timers.delete(key);
        add(key, lane);
      },
      Math.max(0, at.getTime() - options.now().getTime()),
    );
    timers.set(key, { at: at.getTime(), timer });
  }

  function next() {
    while (running.size < options.workers) {
      const lane = laneNow();
      const [key] = lane ? waiting[lane] : [];
      if (lane === undefined || key === undefined) return;
      waiting[lane].delete(key);
      running.set(key, lane);
      taken += 1;
      void run(key);
    }
  }

  function laneNow(): Lane | undefined {
    const due = [...running.values()].filter((lane) => lane === "due").length;
    const mayDue = waiting.due.size > 0 && due < mostDue;
    if (waiting.hinted.size > 0) return mayDue && taken % TURN === TURN - 1 ? "due" : "hinted";
    return mayDue ? "due" : undefined;
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
      const pause = Math.min(BACKOFF_MS.first * 2 ** (count - 1), BACKOFF_MS.most);
      plan(key, new Date(options.now().getTime() + pause), "due");
    }
    running.delete(key);
    const again = dirty.get(key);
    dirty.delete(key);
    if (again) add(key, again);
    if (stopping && running.size === 0) stopping.resolve();
    else next();
  }

  function forget() {
    for (const { timer } of timers.values()) clearTimeout(timer);
    timers.clear();
    waiting.hinted.clear();
    waiting.due.clear();
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
      return waiting.hinted.size + waiting.due.size + running.size;
    },
    stop() {
      forget();
      stopping ??= Promise.withResolvers();
      if (running.size === 0) stopping.resolve();
      return stopping.promise;
    },
  };
}
