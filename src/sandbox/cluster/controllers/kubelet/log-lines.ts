export interface LogLines {
  add(text: string): void;
  /** What was written, oldest first, with the time of each line. */
  lines(): { at: Date; text: string }[];
}

const KEPT = 2_000;

/** The end of what a container writes. */
export function createLogLines(now: () => Date): LogLines {
  const kept: { at: Date; text: string }[] = [];
  let unfinished = "";
  return {
    add: (text) => {
      const parts = (unfinished + text).split("\n");
      unfinished = parts.pop() ?? "";
      kept.push(...parts.map((line) => ({ at: now(), text: line })));
      kept.splice(0, Math.max(0, kept.length - KEPT));
    },
    lines: () => (unfinished === "" ? [...kept] : [...kept, { at: now(), text: unfinished }]),
  };
}
