import type { GitHubPart } from "../github/index.ts";
import type { ClusterSide } from "../start-cluster.ts";

/** What a scenario can reach. */
export interface Setting {
  github: GitHubPart;
  cluster: ClusterSide;
}

/** Something that goes wrong in the world; the bot is not told. */
export interface Scenario {
  name: string;
  /** A few words for the menu. */
  title: string;
  description: string;
  /** Needs the simulated cluster. */
  simulatedOnly: boolean;
  start(setting: Setting): void | Promise<void>;
  stop(setting: Setting): void | Promise<void>;
  /** Of one that ends by itself. */
  isOver?(setting: Setting): boolean;
}
