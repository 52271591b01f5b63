import type { Mark, Marks } from "./watch-marks.ts";

/** Whose time it is: what no launcher could make shorter. */
const OTHERS: readonly [from: Mark, to: Mark][] = [
  ["run", "image"],
  ["pod", "ready"],
  ["certificate", "issued"],
  // Traefik takes up a new certificate about two seconds after it is there.
  ["issued", "served"],
];

/**
 * Milliseconds between the asking and the end in which neither the build, the kubelet, the ACME server nor Traefik was at
 * work: the launcher's own, with what it waited for Flux.
 */
export function ownShare(marks: Marks, asked: number, ended: number): number {
  const spans = OTHERS.flatMap(([from, to]) => {
    const [start, end] = [marks[from], marks[to]];
    return start === undefined || end === undefined ? [] : [[Math.max(start, asked), Math.min(end, ended)] as const];
  }).sort(([a], [b]) => a - b);
  let own = 0;
  let covered = asked;
  for (const [start, end] of spans) {
    own += Math.max(0, start - covered);
    covered = Math.max(covered, end);
  }
  return own + Math.max(0, ended - covered);
}
