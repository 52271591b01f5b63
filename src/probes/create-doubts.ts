import type { ProbeResult } from "../project/ports/probes.ts";
import type { Site } from "../project/ports/sites.ts";
import type { TurnClock, Turns } from "./create-turns.ts";
import { isCounted, type SiteTurn, type Watched } from "./watched.ts";
import { whenInDoubt } from "./when-in-doubt.ts";

/** How long a look that is counted says something of now, if nothing changes: until after the next of its neighbourhood. */
export const COUNTED_GOOD_MS = 4_200_000;

export interface Doubts {
  /** Plans the turns of vantages whose looks are counted, by what was seen of it; of those that run `ended`'s alone. */
  plan(watched: Watched, ended?: SiteTurn): void;
  /** Of such a vantage a look is wanted that is begun at that time of the monotonic clock or later. */
  want(turn: SiteTurn, at: number): void;
  /** Such a vantage has looked, and this is what came. */
  settle(turn: SiteTurn, result: ProbeResult): void;
  forget(): void;
}

/**
 * Spends the looks of vantages that count them. Hosts at the same address and port are neighbours: of them one is looked at
 * an hour, and where the way is found open or shut, that is a reason to look at those of whom the opposite is known.
 */
export function createDoubts(given: { all(): Iterable<Watched>; turns: Turns<SiteTurn>; clock: TurnClock }): Doubts {
  const { turns, clock } = given;
  const neighbourhoods = new Map<string, { at: number; open?: boolean }>();

  function plan(watched: Watched, ended?: SiteTurn) {
    for (const turn of watched.turns) if (isCounted(turn.at) && (!turn.running || turn === ended)) planTurn(turn);
  }

  function planTurn(turn: SiteTurn) {
    const { of: watched, at, begunAt, failures, mute } = turn;
    const now = clock.monotonic();
    const place = placeOf(watched.site);
    const looksFrom = (is: (turn: SiteTurn) => boolean) =>
      watched.turns.filter(is).flatMap((each) => watched.looks.get(each.vantage) ?? []);
    const due = whenInDoubt({
      inside: looksFrom((each) => each.at.side === "inside")[0],
      others: looksFrom((each) => each.at.side === "outside" && !isCounted(each.at)),
      own: watched.looks.get(turn.vantage),
      begunAt,
      failures,
      mute,
      wantedAt: turn.wantedAt,
      doubt: watched.site.doubt ?? false,
      changedAt: watched.changedAt,
      neighbourAt: neighbourhoods.get(place)?.at ?? Number.NEGATIVE_INFINITY,
      left: at.left?.() ?? 0,
      now,
    });
    turn.due = Number.POSITIVE_INFINITY;
    if (due === undefined) return;
    // As of now, so that its neighbours do not all come with it.
    if (due <= now) neighbourhoods.set(place, { ...neighbourhoods.get(place), at: now });
    turns.bring(turn, due);
  }

  function want(turn: SiteTurn, at: number) {
    turn.wantedAt = Math.max(turn.wantedAt, at);
    plan(turn.of);
  }

  function settle(turn: SiteTurn, { outcome, at }: ProbeResult) {
    turn.mute = outcome.state === "unknown";
    if (outcome.state === "unknown") return;
    turn.failures = outcome.state === "answered" ? 0 : turn.failures + 1;
    const open = ["answered", "redirect-loop", "tls-failed", "http-timeout", "http-failed"].includes(outcome.state);
    const shut = outcome.state === "tcp-timeout" || outcome.state === "tcp-refused";
    if (!open && !shut) return;
    const place = placeOf(turn.of.site);
    const before = neighbourhoods.get(place);
    neighbourhoods.set(place, { at: clock.monotonic(), open });
    for (const other of given.all()) {
      if (other === turn.of || placeOf(other.site) !== place) continue;
      const look = other.looks.get(turn.vantage);
      const answered = look?.outcome.state === "answered";
      if (open && answered) look.goodUntil = new Date(at.getTime() + COUNTED_GOOD_MS);
      else if (open ? look : before?.open) {
        // Read as a change: what is known of it is of before.
        other.changedAt = clock.monotonic();
        plan(other);
      }
    }
  }

  return { plan, want, settle, forget: () => neighbourhoods.clear() };
}

function placeOf({ address, host, url }: Site): string {
  const { protocol, port } = new URL(url);
  return `${address ?? host} ${port || protocol}`;
}
