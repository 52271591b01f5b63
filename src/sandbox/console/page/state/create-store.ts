export interface Store<S, C> {
  state(): S;
  change(change: C): void;
  /** Called after each change; returns how to stop. */
  subscribe(listener: () => void): () => void;
}

/** A state that only `reduce` changes, and those who want to know. */
export function createStore<S, C>(initial: S, reduce: (state: S, change: C) => S): Store<S, C> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    state: () => state,
    change(change) {
      const next = reduce(state, change);
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
