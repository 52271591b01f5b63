import { useEffect, useState } from "preact/hooks";
import type { WorldView } from "../../world-view.ts";
import { Icon } from "../icon.tsx";
import type { Session } from "../session.ts";
import { Calls } from "./calls.tsx";
import { Clock } from "./clock.tsx";
import { Objects } from "./objects.tsx";
import { Repositories } from "./repositories.tsx";
import { Scenarios } from "./scenarios.tsx";

const TABS = ["Scenarios", "Repositories", "Cluster", "API calls"] as const;
type Tab = (typeof TABS)[number];

/** How often the world is read while one looks at it. */
const INTERVAL = 1_500;

/** The world behind the chat. */
export function Drawer({ world, session }: { world: WorldView | undefined; session: Session }) {
  const [tab, setTab] = useState<Tab>("Scenarios");
  useEffect(() => {
    session.readWorld();
    const timer = setInterval(() => document.visibilityState === "visible" && session.readWorld(), INTERVAL);
    return () => clearInterval(timer);
  }, [session]);

  return (
    <section class="drawer" aria-label="World">
      <header class="drawer-header">
        <h2>World</h2>
        <div class="tabs" role="tablist">
          {TABS.map((name) => (
            <button type="button" role="tab" key={name} aria-selected={tab === name} onClick={() => setTab(name)}>
              {name}
              {world && <Count world={world} tab={name} />}
            </button>
          ))}
        </div>
        {world && <Clock clock={world.clock} session={session} />}
        <button type="button" class="icon-button" aria-label="Close the world" onClick={() => session.openWorld(false)}>
          <Icon name="close" />
        </button>
      </header>
      <div class="drawer-body" role="tabpanel" aria-label={tab}>
        {world === undefined ? (
          <p class="place-empty">Reading…</p>
        ) : tab === "Scenarios" ? (
          <Scenarios world={world} session={session} />
        ) : tab === "Repositories" ? (
          <Repositories repositories={world.repositories} />
        ) : tab === "Cluster" ? (
          <Objects objects={world.objects} />
        ) : (
          <Calls calls={world.calls} />
        )}
      </div>
    </section>
  );
}

function Count({ world, tab }: { world: WorldView; tab: Tab }) {
  const count = {
    Scenarios: world.scenarios.filter(({ active }) => active).length,
    Repositories: world.repositories.length,
    Cluster: world.objects.length,
    "API calls": world.calls.filter(({ covered }) => !covered).length,
  }[tab];
  if (count === 0) return null;
  return <span class={tab === "Scenarios" || tab === "API calls" ? "count loud" : "count"}>{count}</span>;
}
