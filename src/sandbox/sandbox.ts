import type { GitHubPart } from "./github/start.ts";
import type { Director } from "./scenarios/director.ts";
import type { SlackPart } from "./slack/start-slack.ts";
import type { BotPart } from "./start-bot.ts";
import type { ClusterSide } from "./start-cluster.ts";
import type { RecordedCall, World } from "./world.ts";

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
