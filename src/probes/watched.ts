import type { ProbeResult, Vantage } from "../project/ports/probes.ts";
import type { Site, SiteLook, SiteSeen } from "../project/ports/sites.ts";
import type { Turn } from "./create-turns.ts";

/** A site that is looked at, and what was seen of it. */
export interface Watched {
  project: string;
  site: Site;
  looks: Map<string, SiteLook>;
  control: ProbeResult | undefined;
  turns: SiteTurn[];
  /** When somebody saw something else than before; by the monotonic clock, as all of these. */
  changedAt: number;
  controlAt: number;
}

export interface SiteTurn extends Turn {
  of: Watched;
  at: Vantage;
  unsettled: boolean;
  /** So often it may still be looked at again at once, as of then: what flaps is not looked at twice as often for ever. */
  quick: number;
  quickAt: number;
  /** Looks in a row that stopped somewhere; kept of vantages whose looks are counted. */
  failures: number;
  /** The last one said nothing; likewise. */
  mute: boolean;
  /** A look is wanted that is begun later, whatever was seen before; likewise. */
  wantedAt: number;
}

/** Looks in a row after which it is no news. */
const SURE = 2;
const QUICK = 12;
/** After which there is one more. */
const QUICK_AGAIN_MS = 30_000;

export function watchedOf(project: string, site: Site, vantages: readonly Vantage[]): Watched {
  const watched: Watched = {
    project,
    site,
    looks: new Map(),
    control: undefined,
    turns: [],
    changedAt: Number.NEGATIVE_INFINITY,
    controlAt: Number.NEGATIVE_INFINITY,
  };
  watched.turns = vantages.map((at) => ({
    of: watched,
    at,
    vantage: at.name,
    due: Number.POSITIVE_INFINITY,
    urgent: false,
    begunAt: Number.NEGATIVE_INFINITY,
    running: false,
    unsettled: false,
    quick: QUICK,
    quickAt: Number.NEGATIVE_INFINITY,
    failures: 0,
    mute: false,
    wantedAt: Number.NEGATIVE_INFINITY,
  }));
  return watched;
}

/** Are its looks so few that it is asked on doubt only? */
export function isCounted({ left }: Vantage): boolean {
  return left !== undefined;
}

/** In the order of the vantages, the one inside first. */
export function seenOf({ site, looks, control, turns }: Watched): SiteSeen | undefined {
  if (looks.size === 0) return undefined;
  const ordered = turns.flatMap(({ at }) => looks.get(at.name) ?? []);
  return {
    site,
    from: turns.map(({ vantage }) => vantage),
    looks: ordered,
    ...(control === undefined ? {} : { control }),
  };
}

/** Is it to be looked at again at once? While it is new that it says so; not for a first look at a site that is well. */
export function isUnsettled(turn: SiteTurn, look: SiteLook, news: "first" | "other" | "none"): boolean {
  const well = look.outcome.state === "answered" && look.outcome.status < 400;
  if (news !== "none") turn.unsettled = look.outcome.state !== "unknown" && (news === "other" || !well);
  if (look.times > SURE) turn.unsettled = false;
  turn.quick = Math.min(QUICK, turn.quick + (turn.begunAt - turn.quickAt) / QUICK_AGAIN_MS);
  turn.quickAt = turn.begunAt;
  if (!turn.unsettled || turn.quick < 1) return false;
  turn.quick -= 1;
  return true;
}
