import { apiVersionOf } from "../../store/create-kinds.ts";
import type { Change } from "../../store/create-storage.ts";
import { refuse } from "../../store/refuse.ts";
import type { KubeObject, StoreEvent } from "../../store.ts";
import { asMetadata } from "../as-metadata.ts";
import type { Answer, ResourceCall } from "../call.ts";
import type { Selector } from "../parse-selectors.ts";
import { presented } from "../presented.ts";
import { selected } from "../selected.ts";
import { asTable } from "../table/as-table.ts";

/** The real server sends one a minute and before it ends a watch; sooner here, because the sandbox's life is short. */
const BOOKMARK_EVERY = 10_000;
/** The real server draws between 30 and 60 minutes where the client names no timeout. */
const DEFAULT_SECONDS = 1_800;
/**
 * Of bytes. A watcher that does not read is cut, or what is kept for it grows without end:
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/staging/src/k8s.io/apiserver/pkg/storage/cacher/cache_watcher.go (add)
 */
const MOST_UNREAD = 64 * 1024 * 1024;

/** https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes */
export function watch(call: ResourceCall): Answer {
  const { server, response, url, kind, wanted } = call;
  const { storage } = server.store;
  const query = url.searchParams;
  const { matches } = selected(call);
  const asked = query.get("resourceVersion") ?? "";
  const withInitial = query.get("sendInitialEvents") === "true";
  const bookmarks = query.get("allowWatchBookmarks") === "true";
  if (withInitial && query.get("resourceVersionMatch") !== "NotOlderThan") {
    throw refuse.invalid({ group: "meta.k8s.io", kind: "ListOptions" }, "", [
      {
        reason: "FieldValueForbidden",
        field: "resourceVersionMatch",
        message: "Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan",
      },
    ]);
  }

  response.writeHead(200, { "content-type": "application/json", "cache-control": "no-cache, private" });
  response.flushHeaders();
  const send = (type: string, object: unknown) => response.write(`${JSON.stringify({ type, object })}\n`);
  const shown = (object: KubeObject) =>
    asTable(call, [object], { resourceVersion: object.metadata.resourceVersion }) ??
    asMetadata(call, object) ??
    presented(kind, object);
  const bookmark = (annotations?: Record<string, string>) => {
    const empty = {
      kind: kind.kind,
      apiVersion: apiVersionOf(kind),
      metadata: {
        resourceVersion: String(storage.revision()),
        creationTimestamp: null,
        ...(annotations ? { annotations } : {}),
      },
    };
    send("BOOKMARK", asMetadata(call, empty) ?? empty);
  };
  const deliver = (change: Change) => {
    if (change.kind.plural !== kind.plural || change.kind.group !== kind.group) return;
    if (kind.namespaced && wanted.namespace !== "" && change.object.metadata.namespace !== wanted.namespace) return;
    const event = seenThrough(matches, change);
    if (event !== undefined) send(event.type, shown(event.object));
  };
  /** In the stack of whoever writes: what goes wrong here is this watch's alone. */
  const deliverLive = (change: Change) => {
    try {
      deliver(change);
    } catch (error) {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    }
    if (response.writableLength > MOST_UNREAD) response.destroy();
  };

  if (asked === "" || asked === "0" || withInitial) {
    const namespace = kind.namespaced && wanted.namespace !== "" ? wanted.namespace : undefined;
    for (const object of storage.readAll(kind, namespace).filter(matches)) send("ADDED", shown(object));
    if (withInitial && bookmarks) bookmark({ "k8s.io/initial-events-end": "true" });
  } else {
    const missed = storage.changesAfter(Number(asked));
    if (missed === "expired") {
      send("ERROR", refuse.expired(`too old resource version: ${asked} (${storage.revision()})`).status);
      response.end();
      return "streamed";
    }
    for (const change of missed) deliver(change);
  }

  const unsubscribe = storage.subscribe(deliverLive);
  const ticking = setInterval(() => bookmarks && bookmark(), BOOKMARK_EVERY);
  const seconds = Number(query.get("timeoutSeconds") ?? 0) || DEFAULT_SECONDS;
  const ending = setTimeout(() => {
    // Its end takes as long as the client takes to read; whatever happens meanwhile would be written after it.
    stop();
    if (bookmarks) bookmark();
    response.end();
  }, seconds * 1000);
  const forget = server.watches.add(() => response.destroy());
  const stop = () => {
    unsubscribe();
    clearInterval(ticking);
    clearTimeout(ending);
  };
  response.on("close", () => {
    stop();
    forget();
  });
  return "streamed";
}

/** An object that comes to match is ADDED to this watch, one that no longer matches is DELETED from it. */
function seenThrough(matches: Selector, change: Change): StoreEvent | undefined {
  const before = change.previous !== undefined && matches(change.previous);
  const now = change.type !== "DELETED" && matches(change.object);
  if (now) return { type: before ? "MODIFIED" : "ADDED", object: change.object };
  if (!before) return undefined;
  if (change.type === "DELETED") return { type: "DELETED", object: change.object };
  const { previous = change.object } = change;
  const metadata = { ...previous.metadata, resourceVersion: change.object.metadata.resourceVersion };
  return { type: "DELETED", object: { ...previous, metadata } };
}
