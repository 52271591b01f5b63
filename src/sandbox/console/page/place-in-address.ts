import type { Place, ThreadPlace } from "./state/state.ts";

interface Address {
  person?: string;
  place?: Place;
  thread?: ThreadPlace;
}

/** The page's address says who one is and where, so that a reload, a bookmark and the back button keep it. */
export function readPlace(): Address {
  const query = new URLSearchParams(location.search);
  const [person, channel, app, tab, ts] = ["person", "channel", "app", "tab", "thread"].map(
    (name) => query.get(name) ?? undefined,
  );
  const thread = channel === undefined || ts === undefined ? undefined : { channel, ts };
  if (app !== undefined) {
    return { person, place: { kind: "app", id: app, tab: tab === "messages" ? "messages" : "home" } };
  }
  return { person, place: channel === undefined ? undefined : { kind: "channel", id: channel }, thread };
}

export function writePlace({ person, place, thread }: Address): void {
  const query = new URLSearchParams();
  if (person !== undefined) query.set("person", person);
  if (place?.kind === "channel") query.set("channel", place.id);
  if (place?.kind === "app") {
    query.set("app", place.id);
    query.set("tab", place.tab);
  }
  if (thread !== undefined && place?.kind === "channel") query.set("thread", thread.ts);
  const next = `?${query}`;
  if (next === location.search) return;
  if (location.search === "") history.replaceState(null, "", next);
  else history.pushState(null, "", next);
}
