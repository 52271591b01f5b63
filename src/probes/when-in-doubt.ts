import type { ProbeResult } from "../project/ports/probes.ts";
import type { SiteLook } from "../project/ports/sites.ts";

/** After the first look that stopped somewhere, after the second, and so on; the first repetition makes sure. */
const AGAIN_MS = [3_000, 30_000, 60_000, 120_000, 240_000, 480_000, 600_000];
const MUTE_AGAIN_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Pods that come and go while somebody waits want a newer look each time. */
const NEWER_MS = 10_000;
/** Looks that are kept for launches, changes and whoever asks. */
const RESERVED = 50;

/**
 * When a vantage whose looks are counted is to look at a site; undefined: there is no doubt about it. Times are of one clock.
 * It looks where inside all is well or cannot be told, and nobody whose looks cost nothing sees it from outside.
 */
export function whenInDoubt(seen: {
  inside: SiteLook | undefined;
  others: SiteLook[];
  /** What it saw itself, when that was begun, and how often in a row it was stopped. */
  own: SiteLook | undefined;
  begunAt: number;
  failures: number;
  /** It was asked and said nothing. */
  mute: boolean;
  /** What it saw before that is of what stood there before. */
  wantedAt: number;
  /** There is a reason to look: a launch, an open finding. */
  doubt: boolean;
  changedAt: number;
  /** When it last looked at anybody at this address and port. */
  neighbourAt: number;
  left: number;
  now: number;
}): number | undefined {
  const { inside, others, own, begunAt, now } = seen;
  if (!inside || !mayBeReached(inside) || others.some(({ outcome }) => outcome.state === "answered")) return undefined;
  if (seen.mute) return begunAt + MUTE_AGAIN_MS;
  if ((seen.doubt && !own) || seen.changedAt > begunAt) return now;
  if (seen.doubt && begunAt < seen.wantedAt) return Math.max(now, seen.wantedAt, begunAt + NEWER_MS);
  if (own && seen.failures > 0) {
    const pause = AGAIN_MS[Math.min(seen.failures, AGAIN_MS.length) - 1] ?? 0;
    return seen.failures === 1 || seen.left > RESERVED ? begunAt + pause : begunAt + HOUR_MS;
  }
  return now - seen.neighbourAt >= HOUR_MS && seen.left > RESERVED ? now : undefined;
}

/** As far as can be told from inside, where the way to a public address may be none, and an issuer unknown. */
function mayBeReached({ outcome }: ProbeResult): boolean {
  switch (outcome.state) {
    case "answered":
      return outcome.status < 500 || (outcome.status > 504 && outcome.status < 520);
    case "tls-failed":
      return outcome.reason === "untrusted" || outcome.reason === "self-signed";
    case "tcp-timeout":
    case "tcp-unreachable":
    case "dns-failed":
    case "unknown":
      return true;
    default:
      return false;
  }
}
