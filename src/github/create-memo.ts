import { isStatus } from "./is-status.ts";

export interface Memo<Key extends object, Value> {
  read(key: Key): Promise<Value>;
  /** Whatever `concerns` this is asked for again; by its ETag, so that no change costs no rate limit. */
  forget(concerns: (key: Key) => boolean): void;
}

interface Entry<Key, Value> {
  key: Key;
  /** Undefined once forgotten. */
  freshUntil: number | undefined;
  etag: string | undefined;
  value: Promise<Value>;
}

/** Entries kept; the oldest go. */
const KEEP = 2_000;

/** So long one question is waited for by all who have it; after that it is asked again. */
const PENDING_MS = 20_000;

/**
 * Remembers answers for `freshMs` from when they came, so that somebody gets one that took longer to come; then asks whether they changed (If-None-Match): a 304 does not count against the
 * rate limit. https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
 */
export function createMemo<Key extends object, Value>(options: {
  clock: { now(): Date };
  freshMs: number;
  /** Of an answer that is to be believed for longer; `before`: what was answered the last time. */
  keepMs?(value: Value, before: Value | undefined): number | undefined;
  load(key: Key, etag: string | undefined): Promise<{ etag: string | undefined; value: Value }>;
}): Memo<Key, Value> {
  const entries = new Map<string, Entry<Key, Value>>();

  function read(key: Key): Promise<Value> {
    const id = JSON.stringify(key);
    const now = options.clock.now().getTime();
    const known = entries.get(id);
    if (known?.freshUntil !== undefined && known.freshUntil > now) return known.value;

    const entry: Entry<Key, Value> = {
      key,
      freshUntil: now + Math.max(options.freshMs, PENDING_MS),
      etag: undefined,
      value: ask(key, known).then(async (answer) => {
        entry.etag = answer.etag;
        const keepMs = options.keepMs?.(answer.value, await known?.value.catch(() => undefined));
        const came = options.clock.now().getTime();
        // Forgotten meanwhile: it may tell of what was before.
        if (entry.freshUntil !== undefined) entry.freshUntil = came + (keepMs ?? options.freshMs);
        return answer.value;
      }),
    };
    entry.value.catch(() => {
      if (entries.get(id) === entry) entries.delete(id);
    });
    entries.delete(id);
    entries.set(id, entry);
    const oldest = entries.keys().next();
    if (entries.size > KEEP && !oldest.done) entries.delete(oldest.value);
    return entry.value;
  }

  async function ask(key: Key, known: Entry<Key, Value> | undefined) {
    try {
      return await options.load(key, known?.etag);
    } catch (error) {
      if (known && isStatus(error, 304)) return { etag: known.etag, value: await known.value };
      throw error;
    }
  }

  return {
    read,
    forget(concerns) {
      for (const entry of entries.values()) if (concerns(entry.key)) entry.freshUntil = undefined;
    },
  };
}
