import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideLease, seeLease } from "../../src/controller/decide-lease.ts";
import type { LeaseRecord } from "../../src/project/ports/lease.ts";

const noon = new Date("2026-03-01T12:00:00Z");
const me = { identity: "me", durationSeconds: 15 };
const of = (holder: string, more: Partial<LeaseRecord> = {}): LeaseRecord => ({
  holder,
  durationSeconds: 15,
  acquiredAt: noon,
  renewedAt: noon,
  transitions: 4,
  ...more,
});

describe("who leads", () => {
  it("is whoever comes first where there is no lease", () => {
    expect(decideLease(undefined, me, { monotonic: 0, wall: noon })).toEqual({
      kind: "write",
      record: { holder: "me", durationSeconds: 15, acquiredAt: noon, renewedAt: noon, transitions: 0 },
    });
  });

  it("stays whoever it is while the record goes on changing, and nobody is left alone for longer than it says", () => {
    const seen = seeLease(undefined, { record: of("other"), version: "1" }, 1_000);
    expect(decideLease(seen, me, { monotonic: 15_999, wall: noon })).toEqual({ kind: "leave", until: 16_000 });
    const again = seeLease(seen, { record: of("other"), version: "1" }, 9_000);
    expect(decideLease(again, me, { monotonic: 16_000, wall: noon })).toMatchObject({
      kind: "write",
      record: { holder: "me", transitions: 5 },
    });
    const renewed = seeLease(seen, { record: of("other"), version: "2" }, 9_000);
    expect(decideLease(renewed, me, { monotonic: 16_000, wall: noon })).toEqual({ kind: "leave", until: 24_000 });
  });

  it("does not depend on what anybody's wall clock says", () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), fc.date({ noInvalidDate: true }), (theirs, ours) => {
        const record = of("other", { renewedAt: theirs, acquiredAt: theirs });
        const seen = seeLease(undefined, { record, version: "1" }, 0);
        expect(decideLease(seen, me, { monotonic: 14_999, wall: ours }).kind).toBe("leave");
        expect(decideLease(seen, me, { monotonic: 15_000, wall: ours }).kind).toBe("write");
      }),
    );
  });

  it("is free at once where it was let go", () => {
    const seen = seeLease(undefined, { record: of("", { durationSeconds: 1 }), version: "9" }, 0);
    expect(decideLease(seen, me, { monotonic: 0, wall: noon })).toMatchObject({
      record: { holder: "me", transitions: 5 },
    });
  });

  it("goes on as it was where it is ours, also after a restart under the same name", () => {
    const later = new Date(noon.getTime() + 60_000);
    const seen = seeLease(undefined, { record: of("me"), version: "3" }, 0);
    expect(decideLease(seen, me, { monotonic: 5, wall: later })).toMatchObject({
      record: { holder: "me", acquiredAt: noon, renewedAt: later, transitions: 4 },
    });
  });
});
