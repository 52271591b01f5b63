import type { ClientView } from "../../../slack/client-api.ts";
import { Blocks } from "../blocks/blocks.tsx";
import type { Session } from "../session.ts";
import { SurfaceContext } from "../surface.ts";
import { useViewSurface } from "./use-view-surface.ts";

/** An app's Home tab: https://docs.slack.dev/surfaces/app-home */
export function Home({ view, session }: { view: ClientView | undefined; session: Session }) {
  if (view === undefined) return <p class="place-empty">This app has not published its Home yet.</p>;
  return <Published view={view} session={session} />;
}

function Published({ view, session }: { view: ClientView; session: Session }) {
  const { surface } = useViewSurface(view, session, {});
  return (
    <div class="home" role="tabpanel" aria-label="Home">
      <div class="home-content">
        <SurfaceContext.Provider value={surface}>
          <Blocks blocks={view.blocks} />
        </SurfaceContext.Provider>
      </div>
    </div>
  );
}
