import type { World } from "../../../shared/world.ts";
import type { ClusterStore } from "../../create-store.ts";
import type { Faults } from "../faults.ts";

/** What every simulated controller works with. */
export interface Cluster {
  store: ClusterStore;
  world: World;
  faults: Faults;
  /** Aborts when the cluster is closed. */
  signal: AbortSignal;
  /** A directory that is the controllers' own. */
  dataDir: string;
}
