import type { GitHubPart } from "./github/index.ts";
import type { Director } from "./scenarios/director.ts";
import type { RecordedCall, World } from "./shared/world.ts";
import type { SlackPart } from "./slack/index.ts";
import type { BotPart } from "./start-bot.ts";
import type { ClusterSide } from "./start-cluster.ts";

/** The whole of it, running. */
export interface Sandbox {
  world: World;
  slack: SlackPart;
  github: GitHubPart;
  cluster: ClusterSide;
  /** None with `--only`. */
  bot?: BotPart;
  /** What the bot was given, or would need. */
  environment: Record<string, string>;
  /** The last calls that the parts answered, newest last. */
  calls: RecordedCall[];
  dataDir: string;
  kubeconfigFile: string;
  director: Director;
  close(): Promise<void>;
}
