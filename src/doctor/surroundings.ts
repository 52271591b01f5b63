import type { AccessState, SlackState, WatchState } from "../project/ports/doctor.ts";
import type { Lease } from "../project/ports/lease.ts";
import type { Ports } from "../project/ports/ports.ts";
import type { Settings } from "../project/settings.ts";

/** All that the doctor looks at, handed in: by the bot of itself, by `slipway doctor` of what a bot would find. */
export interface Surroundings {
  ports: Ports;
  settings: Settings;
  /** What was remembered of the cluster so far is asked anew: a diagnosis is of now. */
  forget(): void;
  /** Of the API server: `v1.34.1`. */
  version(): Promise<string>;
  watches(): Promise<WatchState[]>;
  lease: Pick<Lease, "read">;
  /** Who this replica is; undefined: none that could lead. */
  identity: string | undefined;
  slack(): Promise<SlackState>;
  access(): Promise<AccessState>;
}
