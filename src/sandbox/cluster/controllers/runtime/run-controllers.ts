import type { World } from "../../../shared/world.ts";
import { ApiStatusError } from "../../status-error.ts";
import type { Store, StoreEvent } from "../../store.ts";
import type { Controller } from "./controller.ts";

interface Work {
  running: boolean;
  /** Asked for again while running. */
  again: boolean;
  /** Ends the wait for the next look. */
  wait?: AbortController;
}

/** After an error that is nobody's fault (a conflict, an object just gone). */
const RETRY_MILLISECONDS = 1_000;

/**
 * Runs control loops on the store's changes until `signal` aborts.
 * Resolves, after that, when no reconcile is under way.
 */
export function runControllers(options: {
  store: Store;
  world: World;
  signal: AbortSignal;
  controllers: readonly Controller[];
  /** Told of errors that no controller expects. */
  onError: (controller: string, key: string, error: unknown) => void;
}): { finished: () => Promise<void> } {
  // In the stack of whoever writes, who is not to fail of it.
  const keysOf = (controller: Controller, event: StoreEvent) => {
    try {
      return controller.keysOf(event);
    } catch (error) {
      options.onError(controller.name, event.object.metadata.name, error);
      return [];
    }
  };
  const loops = options.controllers.map((controller) => createLoop(controller, options));
  const unsubscribe = options.store.subscribe((event) => {
    for (const loop of loops) {
      for (const key of keysOf(loop.controller, event)) {
        loop.enqueue(key);
      }
    }
  });
  options.signal.addEventListener("abort", unsubscribe, { once: true });
  return {
    finished: async () => {
      await Promise.all(loops.flatMap((loop) => loop.underWay()));
    },
  };
}

function createLoop(
  controller: Controller,
  {
    world,
    signal,
    onError,
  }: { world: World; signal: AbortSignal; onError: (controller: string, key: string, error: unknown) => void },
) {
  const works = new Map<string, Work>();
  const running = new Set<Promise<void>>();

  const enqueue = (key: string) => {
    if (signal.aborted) {
      return;
    }
    const work = works.get(key) ?? { running: false, again: false };
    works.set(key, work);
    work.wait?.abort();
    work.wait = undefined;
    if (work.running) {
      work.again = true;
      return;
    }
    work.running = true;
    // Never in the caller's stack: the store tells of changes while it makes them.
    const run = Promise.resolve().then(() => look(key, work));
    running.add(run);
    void run.finally(() => running.delete(run));
  };

  const look = async (key: string, work: Work) => {
    let next: number | undefined;
    do {
      work.again = false;
      next = await lookOnce(key);
    } while (work.again && !signal.aborted);
    work.running = false;
    if (next === undefined || signal.aborted) {
      if (!work.again) {
        works.delete(key);
      }
      return;
    }
    const wait = new AbortController();
    work.wait = wait;
    world.clock.sleep(next, AbortSignal.any([signal, wait.signal])).then(
      () => enqueue(key),
      () => {},
    );
  };

  const lookOnce = async (key: string): Promise<number | undefined> => {
    if (signal.aborted) {
      return undefined;
    }
    try {
      return await controller.reconcile(key);
    } catch (error) {
      if (signal.aborted) {
        return undefined;
      }
      if (!(error instanceof ApiStatusError)) {
        onError(controller.name, key, error);
      }
      return RETRY_MILLISECONDS;
    }
  };

  return { controller, enqueue, underWay: () => [...running] };
}
