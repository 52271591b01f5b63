import type { Surroundings } from "../../src/doctor/surroundings.ts";
import type { WatchState } from "../../src/project/ports/doctor.ts";
import { createWorld } from "../builders/world/create-world.ts";

export const WATCHED = ["Project", "Pod", "Service"];

export function watch(kind: string, given: Partial<WatchState> = {}): WatchState {
  return { kind, heardAt: undefined, problem: undefined, outSince: undefined, objects: 1, relists: 0, ...given };
}

/** A world in memory where everything is well, and what the doctor asks of it besides. */
export function surroundings(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(options);
  const { ports, settings } = world.controller;
  const at: Surroundings = {
    ports,
    settings,
    forget: () => {},
    version: async () => "v1.34.1",
    watches: async () => WATCHED.map((kind) => watch(kind, { heardAt: new Date(world.now().getTime() - 4_000) })),
    lease: {
      read: async () => ({
        version: "1",
        record: {
          holder: "slipway-a",
          durationSeconds: 15,
          acquiredAt: world.now(),
          renewedAt: world.now(),
          transitions: 0,
        },
      }),
    },
    identity: "slipway-a",
    slack: async () => ({ ok: true, user: "slipway", team: "Acme", way: "socket", missing: [] }),
    access: async () => ({ file: undefined, rules: 0, problem: undefined }),
  };
  return { world, at };
}
