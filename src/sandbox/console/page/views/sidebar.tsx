import type { ClientState } from "../../../slack/client-api.ts";
import { Icon } from "../icon.tsx";
import type { Session } from "../session.ts";
import type { Place, State } from "../state/state.ts";
import { Avatar } from "./avatar.tsx";
import { type Conversation, conversations } from "./conversations.ts";

const SECTIONS = ["Channels", "Direct messages", "Apps"] as const;

export function Sidebar({ state, client, session }: { state: State; client: ClientState; session: Session }) {
  const all = conversations(client);
  return (
    <nav class="sidebar" aria-label="Conversations">
      <header class="sidebar-header">
        <h1>{client.team.name}</h1>
        <span class="sidebar-badge">sandbox</span>
      </header>
      <button type="button" class="sidebar-find" onClick={() => session.switcher(true)}>
        <Icon name="search" />
        <span>Jump to…</span>
        <kbd>{/Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘K" : "Ctrl K"}</kbd>
      </button>
      <div class="sidebar-scroll">
        {SECTIONS.map((section) => {
          const items = all.filter((conversation) => conversation.section === section);
          if (items.length === 0) return null;
          return (
            <section key={section} aria-label={section}>
              <h2>{section}</h2>
              <ul>
                {items.map((conversation) => (
                  <li key={conversation.key}>
                    <Item conversation={conversation} state={state} session={session} />
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </nav>
  );
}

function Item(props: { conversation: Conversation; state: State; session: Session }) {
  const { conversation, state, session } = props;
  const current = isAt(state.place, conversation.place);
  const unread = conversation.channel === undefined ? 0 : (state.unread[conversation.channel] ?? 0);
  return (
    <button
      type="button"
      class={unread > 0 ? "sidebar-item unread" : "sidebar-item"}
      aria-current={current ? "page" : undefined}
      onClick={() => session.go(conversation.place)}
    >
      {conversation.section === "Channels" ? (
        <Icon name="hash" />
      ) : (
        <Avatar person={conversation.person} size="small" />
      )}
      <span class="sidebar-name">{conversation.name}</span>{" "}
      {unread > 0 && (
        <span class="sidebar-count">
          {unread}
          <span class="unseen"> unread</span>
        </span>
      )}
    </button>
  );
}

function isAt(place: Place | undefined, other: Place): boolean {
  return place?.kind === other.kind && place.id === other.id;
}
