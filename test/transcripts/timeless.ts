/** What is another in each run, and how a transcript writes it. In order: what is longer, or holds another, comes first. */
const CHANGING: [pattern: RegExp, written: string][] = [
  [/What took the time: .*/g, "What took the time: ‹the slowest stages, each with its time›."],
  // Before five seconds it is not said how long something has lasted; counted is only what was seen more than once.
  [/(?:still failing, \d+ times, |failing for )\d+ \w+(?: \d+ \w+)?/g, "failing for ‹duration›"],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z| UTC)/g, "‹time›"],
  [/\b\d\d:\d\d UTC/g, "‹time›"],
  [/\b\d{4}-\d\d-\d\d\b/g, "‹date›"],
  // Not an address and its port.
  [/(?<![\d.:])\d+:\d\d(?::\d\d)?\b/g, "‹clock›"],
  [/\b\d+ (?:ms|s|min|h|d)\b(?: \d+ (?:s|min|h)\b)?/g, "‹duration›"],
  [/\b\d+ times\b/g, "‹n› times"],
  [/((?:localhost|127\.0\.0\.1):)\d{4,5}\b/g, "$1‹port›"],
  // The template's hash and the pod's own five letters.
  [/-[0-9a-z]{8,10}-[0-9a-z]{5}\b/g, "-‹pod›"],
  [/(\/actions\/runs\/)\d+/g, "$1‹run›"],
];

/** A whole hash, an image's tag, or as people name a commit. */
const HASH = /\b[0-9a-f]{7}(?:[0-9a-f]{5}(?:[0-9a-f]{28})?)?\b/g;

/**
 * The same story in the same words, whenever it is told. Commits are numbered as they are met, so that it can still be
 * seen which of them a sentence is about.
 */
export function timeless(text: string): string {
  const met: string[] = [];
  const numbered = text.replace(HASH, (hash) => {
    const short = hash.slice(0, 7);
    if (!met.includes(short)) met.push(short);
    return `‹commit ${met.indexOf(short) + 1}›`;
  });
  return CHANGING.reduce((written, [pattern, instead]) => written.replace(pattern, instead), numbered);
}
