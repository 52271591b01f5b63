import type { LeaseRecord, StoredLease } from "../project/ports/lease.ts";

/** A lease, and when this process first saw it so, on a clock that only goes forward (milliseconds). */
export interface SeenLease extends StoredLease {
  since: number;
}

export type LeaseDecision =
  /** It is ours, or free, or its holder has let it lapse: write this. */
  | { kind: "write"; record: LeaseRecord }
  /** Another's, at least until then (the same clock). */
  | { kind: "leave"; until: number };

/**
 * As client-go decides: a holder is alive while the record goes on changing, by our own clock. What the record says of
 * the time is never compared with anything, so clocks may differ.
 * https://github.com/kubernetes/client-go/blob/v0.34.0/tools/leaderelection/leaderelection.go (tryAcquireOrRenew)
 */
export function decideLease(
  seen: SeenLease | undefined,
  candidate: { identity: string; durationSeconds: number },
  at: { monotonic: number; wall: Date },
): LeaseDecision {
  const wanted = { holder: candidate.identity, durationSeconds: candidate.durationSeconds, renewedAt: at.wall };
  if (!seen) return { kind: "write", record: { ...wanted, acquiredAt: at.wall, transitions: 0 } };
  const { record, since } = seen;
  if (record.holder === candidate.identity) {
    const { acquiredAt, transitions } = record;
    return { kind: "write", record: { ...wanted, acquiredAt, transitions } };
  }
  const until = since + record.durationSeconds * 1000;
  if (record.holder !== "" && at.monotonic < until) return { kind: "leave", until };
  return { kind: "write", record: { ...wanted, acquiredAt: at.wall, transitions: record.transitions + 1 } };
}

/** Notes what was read. The same version seen again is no sign of life. */
export function seeLease(before: SeenLease | undefined, now: StoredLease, monotonic: number): SeenLease {
  return { ...now, since: before?.version === now.version ? before.since : monotonic };
}
