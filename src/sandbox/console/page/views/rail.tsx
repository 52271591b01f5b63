import type { ClientState } from "../../../slack/client-api.ts";
import { Icon } from "../icon.tsx";
import type { Session } from "../session.ts";
import type { State, Theme } from "../state/state.ts";
import { PersonMenu } from "./person-menu.tsx";

const NEXT: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const THEME_ICONS = { system: "auto", light: "sun", dark: "moon" } as const;
const THEME_WORDS = { system: "as the system", light: "light", dark: "dark" };

/** The narrow bar at the edge: the workspace, the world, the theme, who one is. */
export function Rail({ state, client, session }: { state: State; client: ClientState; session: Session }) {
  const chatting = !state.worldOpen;
  const unread = Object.values(state.unread).some((count) => count > 0);
  return (
    <nav class="rail" aria-label="Workspace">
      <img class="rail-logo" src="/page/icon.svg" alt="" title={client.team.name} />
      <button
        type="button"
        class="rail-button"
        aria-label={unread ? "Chat, unread messages" : "Chat"}
        aria-pressed={chatting}
        onClick={() => {
          session.openWorld(false);
          session.sidebar(!state.sidebarOpen);
        }}
      >
        <Icon name="chat" />
        <span>Chat</span>
        {unread && <span class="rail-dot" />}
      </button>
      <button
        type="button"
        class="rail-button"
        aria-label="World: clock, scenarios, repositories, cluster, calls"
        aria-pressed={state.worldOpen}
        onClick={() => session.openWorld(!state.worldOpen)}
      >
        <Icon name="globe" />
        <span>World</span>
      </button>
      <span class="rail-space" />
      <button
        type="button"
        class="rail-button"
        aria-label={`Theme: ${THEME_WORDS[state.theme]}`}
        title={`Theme: ${THEME_WORDS[state.theme]}`}
        onClick={() => session.theme(NEXT[state.theme])}
      >
        <Icon name={THEME_ICONS[state.theme]} />
      </button>
      <PersonMenu client={client} session={session} />
    </nav>
  );
}
