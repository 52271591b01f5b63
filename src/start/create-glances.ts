import { createQueue } from "../controller/queue.ts";
import type { Log } from "../project/log.ts";

/** Longer than this the pass, which sees more, does not wait for a glance. */
const PATIENCE_MS = 250;

export interface Glances {
  /** Something of it changed: a glance, then its pass. */
  hint(project: string): void;
  /** A glance when there is time; a pass only where it told something. */
  due(project: string): void;
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

/** Glances at projects beside the queue of their passes, so that none waits for a pass; one at a time of each project. */
export function createGlances(options: {
  /** Says whether it told something. */
  glance(project: string): Promise<boolean>;
  enqueue(project: string): void;
  workers: number;
  now(): Date;
  log: Log;
}): Glances {
  const { enqueue, workers, now, log } = options;
  const hinted = new Map<string, NodeJS.Timeout>();
  let paused = false;
  const pass = (project: string) => {
    clearTimeout(hinted.get(project));
    hinted.delete(project);
    enqueue(project);
  };
  const queue = createQueue({
    workers,
    now,
    // None fails: what a glance does not see the pass does.
    onError: () => {},
    async work(project) {
      const told = await options.glance(project).catch((error: unknown) => {
        log.warn({ project, error }, "glance failed");
        return false;
      });
      if (told || hinted.has(project)) pass(project);
      return {};
    },
  });
  const forget = () => {
    for (const timer of hinted.values()) clearTimeout(timer);
    hinted.clear();
  };

  return {
    hint(project) {
      if (paused) return;
      if (!hinted.has(project)) hinted.set(project, setTimeout(pass, PATIENCE_MS, project));
      queue.add(project);
    },
    due: (project) => queue.add(project, "due"),
    pause() {
      paused = true;
      queue.pause();
      forget();
    },
    resume() {
      paused = false;
      queue.resume();
    },
    stop() {
      paused = true;
      forget();
      return queue.stop();
    },
  };
}
