// Drawn for this page on a grid of 20; strokes take the text's colour.
const PATHS = {
  hash: "M7.5 3 6 17M14 3l-1.5 14M3.5 7.5h13.5M3 12.5h13.5",
  at: "M13.5 10a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0Zm0 0v1.2a2 2 0 0 0 4 0V10A7.5 7.5 0 1 0 14 16.3",
  send: "M3 10 17 4l-4.5 13-3-5.5L3 10Zm6.5 1.5L17 4",
  close: "m5 5 10 10M15 5 5 15",
  chevron: "m6 8 4 4 4-4",
  back: "m12 4-6 6 6 6",
  search: "M8.75 14.5a5.75 5.75 0 1 0 0-11.5 5.75 5.75 0 0 0 0 11.5Zm4.2-1.55L17 17",
  thread: "M4 4.5h12v8.5H9.5L6 16v-3H4V4.5Zm3.5 3h5m-5 2.5h3",
  more: "M5 10h.01M10 10h.01M15 10h.01",
  sun: "M10 13.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM10 2.5v1.7m0 11.6v1.7M2.5 10h1.7m11.6 0h1.7M4.7 4.7l1.2 1.2m8.2 8.2 1.2 1.2m0-10.6-1.2 1.2m-8.2 8.2-1.2 1.2",
  moon: "M16.5 12A7 7 0 0 1 8 3.5a7 7 0 1 0 8.5 8.5Z",
  auto: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm0-14v14m0-11.5 5 3M10 9l6.8 3.5M10 12.5l4.5 3",
  globe: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM3 10h14M10 3c2.5 2 3 4.5 3 7s-.5 5-3 7c-2.5-2-3-4.5-3-7s.5-5 3-7Z",
  chat: "M3.5 4.5h13v9h-7L6 16.5v-3H3.5v-9Z",
  people:
    "M8 9.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5ZM3 16.5c.3-3 2.2-4.7 5-4.7s4.7 1.7 5 4.7M13 4.3a2.6 2.6 0 0 1 0 5M14.5 12c1.6.6 2.5 2 2.7 4.5",
  person: "M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM4.5 16.5c.4-3 2.5-4.7 5.5-4.7s5.1 1.7 5.5 4.7",
  eye: "M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5Zm7.5 2.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z",
  info: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm0-7.5v4M10 6.7h.01",
  warning: "M10 3.5 17.5 16h-15L10 3.5Zm0 5v3.5m0 2h.01",
  pending: "M10 16.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Z",
  in_progress: "M10 3.5a6.5 6.5 0 1 1-6.5 6.5",
  complete: "m6 10.3 2.8 2.8L14 7.5",
  error: "m7.2 7.2 5.6 5.6m0-5.6-5.6 5.6",
  external: "M8 5H4.5v10.5H15V12M11 4h5v5m0-5-7 7",
  check: "m4.5 10.5 3.5 3.5 7.5-8",
  down: "M10 4v12m-5-5 5 5 5-5",
  plus: "M10 4v12M4 10h12",
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing for what a word beside it says; where no word does, `label` is that word. */
export function Icon({ name, label }: { name: IconName; label?: string }) {
  return (
    <svg
      class={`icon icon-${name}`}
      viewBox="0 0 20 20"
      role="img"
      aria-label={label}
      aria-hidden={label === undefined ? "true" : undefined}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
