import { messageLines } from "../../src/sandbox/message-lines.ts";
import type { ClientMessage } from "../../src/sandbox/slack/client-api.ts";
import type { Workspace } from "../../src/sandbox/slack/workspace.ts";

/** A message as it is now, and all that it has said. */
export interface Read {
  ts: string;
  text: string;
  /** What was posted, then each edit. */
  versions: string[];
  /** Is anybody called by it: a person, a group, everybody? */
  pings: boolean;
  /** A reply that was also sent to the channel. */
  isBroadcast: boolean;
}

export interface Thread {
  root: Read;
  replies: Read[];
  /** The root and its replies as they are now. */
  text: string;
  /** All that any of them has ever said. */
  ever: string;
  pings: boolean;
}

export interface Reading {
  /** The threads of a channel, or of all that the person is in, oldest first. */
  threads(channel?: string): Thread[];
  /** What the person before the sandbox alone sees there, as answers to commands are: the texts, oldest first. */
  answers(channel: string): string[];
  /** When any message of a channel was last posted, edited or deleted. */
  changedAt(channel: string): number;
  end(): void;
}

interface Kept extends Read {
  channel: string;
  root: string;
  isEphemeral: boolean;
}

/** https://docs.slack.dev/messaging/formatting-message-text#mentioning-users, and the same as parts of rich text. */
const PING = /<@[UW]|<!subteam|<!(?:channel|here|everyone)|"type":"(?:user|usergroup|broadcast)"/;

/** Reads along from now on, as the person does who has the channel open. */
export function createReading(workspace: Workspace): Reading {
  const kept = new Map<string, Kept>();
  const changed = new Map<string, number>();
  const keyOf = ({ channel, ts }: { channel: string; ts: string }) => `${channel} ${ts}`;
  const take = (message: ClientMessage) => {
    const before = kept.get(keyOf(message));
    const text = messageLines(message).join("\n");
    kept.set(keyOf(message), {
      channel: message.channel,
      root: message.thread_ts ?? message.ts,
      isEphemeral: message.ephemeral === true,
      ts: message.ts,
      text,
      versions: [...(before?.versions ?? []), text],
      pings: PING.test(JSON.stringify([message.text, message.blocks, message.attachments])),
      isBroadcast: message.subtype === "thread_broadcast",
    });
  };

  const end = workspace.events(workspace.you, (event) => {
    if (event.type === "message" || event.type === "message_changed") {
      if (event.message.subtype === "channel_join") return;
      take(event.message);
      changed.set(event.message.channel, Date.now());
    } else if (event.type === "message_deleted") {
      kept.delete(keyOf(event));
      changed.set(event.channel, Date.now());
    }
  });
  const inChannel = (channel?: string) =>
    [...kept.values()]
      .filter((message) => channel === undefined || message.channel === channel)
      .sort((one, other) => one.ts.localeCompare(other.ts));

  return {
    threads(channel) {
      const all = inChannel(channel).filter(({ isEphemeral }) => !isEphemeral);
      return all
        .filter(({ root, ts }) => root === ts)
        .map((root) =>
          threadOf(
            root,
            all.filter((message) => keyOf({ ...message, ts: message.root }) === keyOf(root) && message !== root),
          ),
        );
    },
    answers: (channel) =>
      inChannel(channel)
        .filter(({ isEphemeral }) => isEphemeral)
        .map(({ text }) => text),
    changedAt: (channel) => changed.get(channel) ?? 0,
    end,
  };
}

function threadOf(root: Read, replies: Read[]): Thread {
  const all = [root, ...replies];
  return {
    root,
    replies,
    text: all.map(({ text }) => text).join("\n"),
    ever: all.flatMap(({ versions }) => versions).join("\n"),
    pings: all.some(({ pings }) => pings),
  };
}
