/** The watches that are open now, so that they can be cut and ended with the server. */
export interface Watches {
  add(end: () => void): () => void;
  cut(): void;
  count(): number;
}

export function createWatches(): Watches {
  const open = new Set<() => void>();
  return {
    add: (end) => {
      open.add(end);
      return () => open.delete(end);
    },
    cut: () => {
      for (const end of [...open]) end();
    },
    count: () => open.size,
  };
}
