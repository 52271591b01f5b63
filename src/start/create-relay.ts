import { createQueue } from "../controller/queue.ts";
import type { Log } from "../project/log.ts";
import { Problem } from "../project/problem.ts";

export interface Relay {
  /** However often this is said: of one project one is under way at most, and one more waits, which begins after this. */
  tell(project: string): void;
  stop(): Promise<void>;
}

/** Each is a connection to the API server; of ten thousand at once a replica that does nothing else would die. */
const AT_ONCE = 4;

/** Passes on to the leader which projects webhooks told of. What fails is tried again, unless the project is gone. */
export function createRelay(options: {
  pass: (project: string) => Promise<void>;
  now: () => Date;
  log: Pick<Log, "warn">;
}): Relay {
  const queue = createQueue({
    async work(project) {
      try {
        await options.pass(project);
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== "object-missing") throw error;
      }
      return {};
    },
    workers: AT_ONCE,
    onError: (project, error) => options.log.warn({ project, error }, "a webhook was not passed on"),
    now: options.now,
  });
  return { tell: (project) => queue.add(project), stop: queue.stop };
}
