import type { KnownBlock } from "@slack/types";

/** What an answer to one person says. */
export interface Reply {
  text: string;
  blocks: KnownBlock[];
}

/** Somebody's doing in Slack: a command, a mention, a button, a submitted form. */
export interface Call {
  /** The same for each delivery of the same doing: what its intents' ids are made from. */
  id: string;
  person: string;
  team: string | undefined;
  /** Where it happened; undefined in App Home. */
  channel: string | undefined;
  /** The thread's root, in a thread. */
  thread: string | undefined;
  /** Opens a modal, within three seconds. */
  triggerId: string | undefined;
  /** What this person wants is written down: from here on a process may die, and it is done all the same. */
  noted(): void;
  /** To that person alone. */
  reply(reply: Reply): Promise<void>;
}
