import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ClientMessage, ClientPerson } from "../../../slack/client-api.ts";
import { Icon } from "../icon.tsx";
import type { Session } from "../session.ts";
import { formatDate } from "../text/format-date.ts";
import { Message } from "./message.tsx";

/** Messages of one author within this time stand under one name. */
const GROUP_SECONDS = 5 * 60;
/** As near to the end as this, a person is reading along. */
const NEAR_END = 80;

export interface MessageListProps {
  messages: ClientMessage[];
  isLoaded: boolean;
  people: ClientPerson[];
  session: Session;
  /** The thread that is open beside; its root is marked. */
  openThread?: string;
  /** The channel whose beginning is told at the top. */
  beginning?: string;
  /** In a thread, the root stands apart and no thread is summed up. */
  threadOf?: string;
}

/** Keeps its end in sight while a person reads there, and never moves what is being read otherwise. */
export function MessageList(props: MessageListProps) {
  const { messages, isLoaded, people, session, openThread, beginning, threadOf } = props;
  const list = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const lastTop = useRef(0);
  const [isAway, setAway] = useState(false);

  const toEnd = () => {
    if (list.current === null) return;
    list.current.scrollTop = list.current.scrollHeight;
    lastTop.current = list.current.scrollTop;
  };
  useLayoutEffect(() => {
    if (content.current === null || list.current === null) return;
    const observer = new ResizeObserver(() => atEnd.current && toEnd());
    observer.observe(content.current);
    observer.observe(list.current);
    return () => observer.disconnect();
  }, []);
  const scrolled = (event: { currentTarget: HTMLElement }) => {
    const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
    // Only going up leaves the end: when more has come since it was reached, it is still where one reads.
    if (scrollHeight - scrollTop - clientHeight < NEAR_END) atEnd.current = true;
    else if (scrollTop < lastTop.current) atEnd.current = false;
    lastTop.current = scrollTop;
    setAway(!atEnd.current);
  };

  return (
    <div class="message-list-frame">
      <div class="message-list" ref={list} onScroll={scrolled} role="log" aria-label={threadOf ? "Thread" : "Messages"}>
        <div ref={content} class="message-list-content">
          {beginning !== undefined && isLoaded && (
            <div class="beginning">
              <Icon name="hash" />
              <p>
                This is the beginning of <strong>#{beginning}</strong>. Type <kbd>/</kbd> to see what can be done here.
              </p>
            </div>
          )}
          {messages.map((message, index) => {
            const before = messages[index - 1];
            return (
              <div key={message.ts}>
                {threadOf === undefined && isNewDay(before, message) && <Day ts={message.ts} />}
                <Message
                  message={message}
                  author={people.find(({ id }) => id === message.user)}
                  people={people}
                  isGrouped={threadOf !== before?.ts && isGrouped(before, message)}
                  isOpen={openThread === message.ts}
                  inThread={threadOf !== undefined}
                  session={session}
                />
                {threadOf === message.ts && <Replies count={messages.length - 1} />}
              </div>
            );
          })}
        </div>
      </div>
      {isAway && (
        <button type="button" class="to-end" onClick={toEnd}>
          <Icon name="down" /> Latest
        </button>
      )}
    </div>
  );
}

function Day({ ts }: { ts: string }) {
  const day = formatDate(Number.parseFloat(ts), "{day_divider_pretty}");
  return (
    <div class="day">
      <span>{day.charAt(0).toUpperCase() + day.slice(1)}</span>
    </div>
  );
}

function Replies({ count }: { count: number }) {
  return (
    <div class="replies-divider">
      <span>{count === 0 ? "No replies yet" : count === 1 ? "1 reply" : `${count} replies`}</span>
    </div>
  );
}

function isNewDay(before: ClientMessage | undefined, message: ClientMessage): boolean {
  const day = ({ ts }: ClientMessage) => new Date(Number.parseFloat(ts) * 1000).toDateString();
  return before === undefined || day(before) !== day(message);
}

function isGrouped(before: ClientMessage | undefined, message: ClientMessage): boolean {
  return (
    before !== undefined &&
    before.user === message.user &&
    before.ephemeral === message.ephemeral &&
    before.subtype === message.subtype &&
    (before.reply_count ?? 0) === 0 &&
    !isNewDay(before, message) &&
    Number.parseFloat(message.ts) - Number.parseFloat(before.ts) < GROUP_SECONDS
  );
}
