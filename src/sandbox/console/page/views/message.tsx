import { useMemo } from "preact/hooks";
import type { ClientMessage, ClientPerson } from "../../../slack/client-api.ts";
import { Blocks } from "../blocks/blocks.tsx";
import { Each } from "../each.tsx";
import { Icon } from "../icon.tsx";
import type { Session } from "../session.ts";
import { SurfaceContext } from "../surface.ts";
import { ago, formatDate } from "../text/format-date.ts";
import { Emoji } from "../text/mentions.tsx";
import { Mrkdwn } from "../text/mrkdwn.tsx";
import { useNow } from "../use-now.ts";
import { Attachment } from "./attachment.tsx";
import { Avatar } from "./avatar.tsx";
import { useMessageSurface } from "./use-message-surface.ts";

export interface MessageProps {
  message: ClientMessage;
  author: ClientPerson | undefined;
  people: ClientPerson[];
  /** Under the name of the message before it. */
  isGrouped: boolean;
  isOpen: boolean;
  inThread: boolean;
  session: Session;
}

/** Drawn again only when something of it has changed. */
export function Message(props: MessageProps) {
  const { message, author, people, isGrouped, isOpen, inThread, session } = props;
  return useMemo(() => <Drawn {...props} />, [message, author, people, isGrouped, isOpen, inThread, session]);
}

function Drawn({ message, author, people, isGrouped, isOpen, inThread, session }: MessageProps) {
  const surface = useMessageSurface(message, session);
  const name = message.subtype === "notice" ? "Sandbox" : (author?.realName ?? author?.name ?? message.user);
  const canThread = message.ephemeral !== true && !inThread;
  const openThread = () => session.openThread({ channel: message.channel, ts: message.thread_ts ?? message.ts });
  return (
    <article
      class={["message", isGrouped && "grouped", message.ephemeral && "ephemeral", isOpen && "open"]
        .filter(Boolean)
        .join(" ")}
      aria-label={`${name}: ${message.text}`.slice(0, 200)}
      data-ts={message.ts}
    >
      <div class="message-gutter">
        {isGrouped ? (
          <Time ts={message.ts} format="{time}" short />
        ) : message.subtype === "notice" ? (
          <span class="avatar medium notice">
            <Icon name="info" />
          </span>
        ) : (
          <Avatar person={author} />
        )}
      </div>
      <div class="message-body">
        {message.ephemeral && !isGrouped && (
          <p class="message-only-you">
            <Icon name="eye" /> Only visible to you
          </p>
        )}
        {!isGrouped && (
          <header class="message-header">
            <span class="message-author">{name}</span>
            {author?.isBot && <span class="message-app">App</span>}
            <Time ts={message.ts} format="{time}" />
            {message.edited && <span class="message-edited">edited</span>}
          </header>
        )}
        {message.subtype === "thread_broadcast" && <p class="message-broadcast">replied to a thread</p>}
        <SurfaceContext.Provider value={surface}>
          <Content message={message} />
        </SurfaceContext.Provider>
        {isGrouped && message.edited && <span class="message-edited">edited</span>}
        <Reactions message={message} />
        {canThread && (message.reply_count ?? 0) > 0 && (
          <ThreadSummary message={message} people={people} onOpen={openThread} />
        )}
      </div>
      {canThread && (
        <div class="message-tools">
          <button
            type="button"
            class="icon-button"
            aria-label="Reply in thread"
            title="Reply in thread"
            onClick={openThread}
          >
            <Icon name="thread" />
          </button>
        </div>
      )}
    </article>
  );
}

function Content({ message }: { message: ClientMessage }) {
  const attachments = message.attachments ?? [];
  if (message.blocks !== undefined && message.blocks.length > 0) {
    return (
      <>
        <Blocks blocks={message.blocks} />
        <Each of={attachments}>{(attachment) => <Attachment attachment={attachment} />}</Each>
      </>
    );
  }
  return (
    <>
      <div class="text">
        <Mrkdwn text={message.text} />
      </div>
      <Each of={attachments}>{(attachment) => <Attachment attachment={attachment} />}</Each>
    </>
  );
}

function Time({ ts, format, short = false }: { ts: string; format: string; short?: boolean }) {
  const seconds = Number.parseFloat(ts);
  const text = formatDate(seconds, format);
  return (
    <time class="message-time" title={new Date(seconds * 1000).toLocaleString()}>
      {short ? text.replace(/ [AP]M$/, "") : text}
    </time>
  );
}

function Reactions({ message }: { message: ClientMessage }) {
  if (message.reactions === undefined || message.reactions.length === 0) return null;
  return (
    <div class="reactions">
      {message.reactions.map(({ name, count }) => (
        <span class="reaction" key={name}>
          <Emoji name={name} /> {count}
        </span>
      ))}
    </div>
  );
}

function ThreadSummary(props: { message: ClientMessage; people: ClientPerson[]; onOpen: () => void }) {
  const { message, people, onOpen } = props;
  const count = message.reply_count ?? 0;
  const last = message.latest_reply;
  const now = useNow();
  return (
    <button type="button" class="thread-summary" onClick={onOpen}>
      <Avatar person={people.find(({ id }) => id === message.user)} size="small" />
      <strong>{count === 1 ? "1 reply" : `${count} replies`}</strong>
      {last !== undefined && <span>Last reply {ago(new Date(Number.parseFloat(last) * 1000), now)}</span>}
      <Icon name="chevron" />
    </button>
  );
}
