import type { Sandbox } from "../start-sandbox.ts";

/** Something that goes wrong in the world; the bot is not told. */
export interface Scenario {
  name: string;
  /** A few words for the menu. */
  title: string;
  description: string;
  /** Needs the simulated cluster. */
  simulatedOnly: boolean;
  start(sandbox: Sandbox): void | Promise<void>;
  stop(sandbox: Sandbox): void | Promise<void>;
}
