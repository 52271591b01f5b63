/**
 * Images that the registry did not have, of commits whose run is over. They are not asked for again at each look, or sixty
 * red builds in a row are sixty questions each time. In memory: after a restart all are asked for once more.
 */
export interface Absences {
  has(image: string, at: Date): boolean;
  /** What came of the commit's runs when it was found missing. */
  runsOf(image: string): string | undefined;
  add(image: string, runs: string, at: Date): void;
  remove(image: string): void;
}

/** An image may be pushed by hand, or by a run again that nobody told of: it is found that much later at most. */
const KEPT_MS = 300_000;
/** Images remembered; the oldest go. */
const KEPT = 5_000;

export function createAbsences(): Absences {
  const absent = new Map<string, { runs: string; until: number }>();
  return {
    has: (image, at) => (absent.get(image)?.until ?? 0) > at.getTime(),
    runsOf: (image) => absent.get(image)?.runs,
    add(image, runs, at) {
      absent.delete(image);
      absent.set(image, { runs, until: at.getTime() + KEPT_MS });
      const oldest = absent.keys().next();
      if (absent.size > KEPT && !oldest.done) absent.delete(oldest.value);
    },
    remove: (image) => void absent.delete(image),
  };
}
