import { useEffect, useMemo } from "preact/hooks";
import { DirectoryContext, directoryOf } from "./directory.ts";
import { Drawer } from "./drawer/drawer.tsx";
import { Icon } from "./icon.tsx";
import type { Session } from "./session.ts";
import type { State } from "./state/state.ts";
import { NamesContext, namesOf } from "./text/names.tsx";
import { ConfirmProvider } from "./views/confirm.tsx";
import { Modal } from "./views/modal.tsx";
import { PlaceView } from "./views/place.tsx";
import { Rail } from "./views/rail.tsx";
import { Sidebar } from "./views/sidebar.tsx";
import { Switcher } from "./views/switcher.tsx";
import { Thread } from "./views/thread.tsx";

export function App({ state, session }: { state: State; session: Session }) {
  const { client } = state;
  const names = useMemo(() => namesOf(client, (id) => session.go({ kind: "channel", id })), [client, session]);
  const directory = useMemo(() => directoryOf(client), [client]);
  useShortcuts(state, session);

  if (client === undefined) {
    return (
      <div class="starting" role="status">
        <img src="/page/icon.svg" alt="" />
        <p>{state.connection === "lost" ? "The sandbox does not answer; trying again…" : "Starting…"}</p>
      </div>
    );
  }
  const shows = state.sidebarOpen ? "sidebar" : state.thread ? "thread" : "place";
  return (
    <NamesContext.Provider value={names}>
      <DirectoryContext.Provider value={directory}>
        <ConfirmProvider>
          <div
            class="app"
            data-shows={shows}
            data-world={state.worldOpen ? "open" : "closed"}
            data-connection={state.connection}
          >
            <Rail state={state} client={client} session={session} />
            <Sidebar state={state} client={client} session={session} />
            <PlaceView state={state} client={client} session={session} />
            {state.thread && (
              <Thread key={state.thread.ts} state={state} thread={state.thread} client={client} session={session} />
            )}
            {state.worldOpen && <Drawer world={state.world} session={session} />}
          </div>
          {state.switcherOpen && <Switcher client={client} session={session} />}
          {state.modals.map((view) => (
            <Modal key={view.id} view={view} session={session} />
          ))}
          <Trouble state={state} session={session} />
        </ConfirmProvider>
      </DirectoryContext.Provider>
    </NamesContext.Provider>
  );
}

function Trouble({ state, session }: { state: State; session: Session }) {
  if (state.connection === "lost") {
    return (
      <div class="toast" role="status">
        <Icon name="warning" /> Connection lost. Trying again…
      </div>
    );
  }
  if (state.trouble === undefined) return null;
  return (
    <div class="toast" role="alert">
      <Icon name="warning" /> {state.trouble}
      <button type="button" class="icon-button" aria-label="Dismiss" onClick={session.forgetTrouble}>
        <Icon name="close" />
      </button>
    </div>
  );
}

function useShortcuts({ thread, switcherOpen, modals }: State, session: Session) {
  const threadMayClose = thread !== undefined && !switcherOpen && modals.length === 0;
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        session.switcher(true);
      } else if (event.key === "Escape" && threadMayClose && !event.defaultPrevented) {
        if (document.querySelector(":popover-open, dialog[open]") === null) session.closeThread();
      }
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  }, [session, threadMayClose]);
}
