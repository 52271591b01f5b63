import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ControllersOptions,
  startControllers,
} from "../../../../src/sandbox/cluster/controllers/start-controllers.ts";
import { createStore } from "../../../../src/sandbox/cluster/create-store.ts";
import type { KubeObject, ObjectKey } from "../../../../src/sandbox/cluster/store.ts";
import { createWorld } from "../../../../src/sandbox/shared/create-world.ts";

/** A cluster of its own with its controllers, in a fast world; `until` waits for the store to say something. */
export async function startCluster(options: Partial<ControllersOptions> & { speed?: number } = {}) {
  const world = createWorld({ speed: options.speed ?? 60 });
  const store = createStore({ world });
  const dataDir = await mkdtemp(join(tmpdir(), "slipway-cluster-"));
  const errors: unknown[] = [];
  const controllers = await startControllers({
    store,
    world,
    mirrors: {},
    routePort: 0,
    host: "127.0.0.1",
    dataDir,
    onError: (controller, key, error) => errors.push(new Error(`${controller} ${key}`, { cause: error })),
    ...options,
  });

  const until = <T>(look: () => T | undefined | false, what: string, milliseconds = 45_000): Promise<T> =>
    new Promise((resolve, reject) => {
      const check = () => {
        const found = look();
        if (found !== undefined && found !== false) {
          end(() => resolve(found));
        }
      };
      const timer = setTimeout(() => end(() => reject(new Error(`not in time: ${what}`))), milliseconds);
      let due = false;
      const unsubscribe = store.subscribe(() => {
        if (!due) {
          due = true;
          setImmediate(() => {
            due = false;
            check();
          });
        }
      });
      const end = (then: () => void) => {
        clearTimeout(timer);
        unsubscribe();
        then();
      };
      check();
    });

  return {
    store,
    world,
    dataDir,
    errors,
    ...controllers,
    until,
    untilObject: (key: ObjectKey, look: (object: KubeObject) => boolean, what: string) =>
      until(() => {
        const object = store.get(key);
        return object && look(object) ? object : undefined;
      }, what),
    close: async () => {
      await controllers.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export type TestCluster = Awaited<ReturnType<typeof startCluster>>;
