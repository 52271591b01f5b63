/** What a try names anew, though it fails for the same reason: a temporary path, a port of its own, how long it took. */
const PASSING: [RegExp, string][] = [
  [/\/tmp\/[^\s:'"]*?(?=\/k8s\b)/g, ""],
  [/\/tmp\/(?:kustomization|gitrepository|tmp|build)?[-\w.]*\d[-\w.]*/g, "/tmp/…"],
  [/(?<=\b(?:read|write|dial) (?:tcp|udp)[46]? )\S+:\d{4,5}->/g, ""],
  // One that was measured has decimals, one that was set has none: Go's Duration.String.
  [/(?<![\w.:/-])(?:\d+h)?(?:\d+m)?\d+\.\d+(?:s|ms|µs)(?![\w.])/g, "…"],
];

/** An error's words without what changes with each try, so that the same trouble is told once. */
export function steadyText(message: string): string {
  return PASSING.reduce((text, [shape, instead]) => text.replace(shape, instead), message);
}
