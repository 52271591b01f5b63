import type { ClientState } from "../../../slack/client-api.ts";
import { Icon } from "../icon.tsx";
import type { Session } from "../session.ts";
import type { State, ThreadPlace } from "../state/state.ts";
import { Composer } from "./composer.tsx";
import { MessageList } from "./message-list.tsx";
import { threadMessages } from "./shown-messages.ts";

/** The panel at the right with one thread. */
export function Thread(props: { state: State; thread: ThreadPlace; client: ClientState; session: Session }) {
  const { state, thread, client, session } = props;
  const channel = client.channels.find(({ id }) => id === thread.channel);
  return (
    <aside class="thread" aria-label="Thread">
      <header class="place-header">
        <button
          type="button"
          class="icon-button only-narrow"
          aria-label="Back to the channel"
          onClick={session.closeThread}
        >
          <Icon name="back" />
        </button>
        <h2>Thread</h2>
        <p class="place-topic">{channel && !channel.isDirect ? `#${channel.name}` : ""}</p>
        <button type="button" class="icon-button only-wide" aria-label="Close thread" onClick={session.closeThread}>
          <Icon name="close" />
        </button>
      </header>
      <MessageList
        messages={threadMessages(state, thread.channel, thread.ts)}
        isLoaded={true}
        people={client.people}
        session={session}
        threadOf={thread.ts}
      />
      <Composer client={client} placeholder="Reply…" onSend={(text) => session.say(thread.channel, text, thread.ts)} />
    </aside>
  );
}
