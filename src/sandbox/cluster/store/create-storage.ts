import type { KubeObject, StoreEvent } from "../store.ts";
import type { Kind } from "./kind.ts";

/** A change as a watch tells it: `previous` is what was there, for watches that select by labels or fields. */
export interface Change extends StoreEvent {
  revision: number;
  kind: Kind;
  previous?: KubeObject;
}

/** Objects and their history: etcd's part. It knows nothing of what an object means. */
export interface Storage {
  /** The number of the last change. */
  revision(): number;
  read(kind: Kind, namespace: string | undefined, name: string): KubeObject | undefined;
  readAll(kind: Kind, namespace?: string): KubeObject[];
  everything(): { kind: Kind; object: KubeObject }[];
  /** Keeps the object under a new resourceVersion and tells the listeners. The object kept is frozen. */
  write(kind: Kind, object: KubeObject): KubeObject;
  remove(kind: Kind, object: KubeObject): KubeObject;
  /** The changes after `revision`, or "expired" where history does not reach back to it. */
  changesAfter(revision: number): Change[] | "expired";
  /** Forgets all history before now, as etcd's compaction does. */
  compact(): void;
  subscribe(listener: (change: Change) => void): () => void;
}

const HISTORY = 5_000;

interface Kept {
  kind: Kind;
  object: KubeObject;
}

export function createStorage(): Storage {
  const objects = new Map<string, Map<string, Kept>>();
  const listeners = new Set<(change: Change) => void>();
  const undelivered: Change[] = [];
  let history: Change[] = [];
  let revision = 1;
  let forgotten = 1;
  let delivering = false;

  const tableOf = (kind: Kind) => {
    const name = `${kind.plural}.${kind.group}`;
    const table = objects.get(name) ?? new Map<string, Kept>();
    objects.set(name, table);
    return table;
  };

  /** A listener may write: its changes are told after the present one, so that all listeners see one order. */
  const tell = (change: Change) => {
    history.push(change);
    if (history.length > HISTORY) {
      history = history.slice(-HISTORY / 2);
      forgotten = (history[0]?.revision ?? revision) - 1;
    }
    undelivered.push(change);
    if (delivering) return;
    delivering = true;
    try {
      for (let next = undelivered.shift(); next !== undefined; next = undelivered.shift()) {
        for (const listener of [...listeners]) listener(next);
      }
    } finally {
      delivering = false;
    }
  };

  return {
    revision: () => revision,
    read: (kind, namespace, name) => tableOf(kind).get(key(namespace, name))?.object,
    readAll: (kind, namespace) =>
      [...tableOf(kind).entries()]
        .filter(([name]) => namespace === undefined || name.startsWith(`${namespace}/`))
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([, kept]) => kept.object),
    everything: () => [...objects.values()].flatMap((table) => [...table.values()]),
    write: (kind, object) => {
      const table = tableOf(kind);
      const name = key(object.metadata.namespace, object.metadata.name);
      const previous = table.get(name)?.object;
      const next = stamp(object, ++revision);
      table.set(name, { kind, object: next });
      tell({
        type: previous === undefined ? "ADDED" : "MODIFIED",
        revision,
        kind,
        object: next,
        ...(previous === undefined ? {} : { previous }),
      });
      return next;
    },
    remove: (kind, object) => {
      const table = tableOf(kind);
      const name = key(object.metadata.namespace, object.metadata.name);
      const previous = table.get(name)?.object;
      table.delete(name);
      const last = stamp(object, ++revision);
      tell({ type: "DELETED", revision, kind, object: last, ...(previous === undefined ? {} : { previous }) });
      return last;
    },
    changesAfter: (since) => (since < forgotten ? "expired" : history.filter((change) => change.revision > since)),
    compact: () => {
      history = [];
      forgotten = revision;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function key(namespace: string | undefined, name: string): string {
  return `${namespace ?? ""}/${name}`;
}

function stamp(object: KubeObject, revision: number): KubeObject {
  return freeze({ ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } });
}

function freeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) freeze(part);
  return Object.freeze(value);
}
