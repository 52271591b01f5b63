import { type Fence, OPEN } from "../project/ports/fence.ts";
import type { ProbeResult, ProbeTarget, Vantage } from "../project/ports/probes.ts";
import type { Site, Sites } from "../project/ports/sites.ts";
import { COUNTED_GOOD_MS, createDoubts } from "./create-doubts.ts";
import { createTurns, type TurnClock } from "./create-turns.ts";
import { remember } from "./remember.ts";
import { renewControl } from "./renew-control.ts";
import { unknownResult } from "./unknown-result.ts";
import { isCounted, isUnsettled, type SiteTurn, seenOf, type Watched, watchedOf } from "./watched.ts";

/** Looks a second at most, over all projects. */
const PER_SECOND = 10;
const PERIOD_MS = { inside: 15_000, outside: 30_000 };
/** Of a period, so that they do not come in step. */
const JITTER = 0.1;
/** Periods after which a look says nothing any more. */
const GOOD_FOR = 3;
/** Until it is looked at again that has just begun to say something else. */
const QUICK_MS = 2_500;
/** Who asks for a look now does not wait longer. */
const PATIENCE_MS = 12_000;
/** At once: what waits for a time-out holds nobody else up, and an agent takes sixteen, perhaps of several bots. */
const AT_ONCE = { inside: 100, outside: 8 };

/** Looks at all sites of all projects in turn, from everywhere. */
export function createSites(options: {
  vantages: readonly Vantage[];
  clock: TurnClock & { now(): Date };
  /** Something else was seen of it than before, or the same was made sure of. */
  onChange(project: string): void;
  /** Asked before looking begins: a pass that is under way when its term ends must not begin it beside the next leader's. */
  fence?: Fence;
  /** From 0 to 1. */
  random?: () => number;
}): Sites {
  const { vantages, clock, onChange, fence = OPEN, random = Math.random } = options;
  const inside = vantages.find(({ side }) => side === "inside");
  const projects = new Map<string, Map<string, Watched>>();
  /** Looks a second, if all were looked at as often as they should be. */
  let demand = 0;
  const turns = createTurns<SiteTurn>({
    take,
    perSecond: PER_SECOND,
    atOnce: (vantage) => AT_ONCE[vantage === inside?.name ? "inside" : "outside"],
    clock,
  });
  const doubts = createDoubts({ all: everything, turns, clock });

  function* everything() {
    for (const watched of projects.values()) yield* watched.values();
  }

  function isWatched(watched: Watched): boolean {
    return projects.get(watched.project)?.get(watched.site.environment) === watched;
  }

  /** With more sites than can be looked at as often, all are looked at less often. */
  function intervalOf({ side }: Vantage): number {
    return PERIOD_MS[side] * Math.max(1, demand / PER_SECOND);
  }

  async function take(turn: SiteTurn): Promise<void> {
    const news = await lookFrom(turn);
    const watched = turn.of;
    if (!isWatched(watched)) return;
    if (!isCounted(turn.at)) {
      const jittered = intervalOf(turn.at) * (1 - JITTER + 2 * JITTER * random());
      turn.due = Math.min(turn.due, turn.begunAt + jittered);
      const look = watched.looks.get(turn.vantage);
      if (look && isUnsettled(turn, look, news)) turns.bring(turn, clock.monotonic() + QUICK_MS);
      if (news === "other") askOthers(turn);
    }
    doubts.plan(watched, turn);
  }

  /** One look, remembered. */
  async function lookFrom(turn: SiteTurn): Promise<"first" | "other" | "none"> {
    const { of: watched, at: vantage } = turn;
    const result = await askFrom(vantage, watched.site, clock.now);
    const controlled = await renewControl(watched, result, {
      inside,
      random,
      monotonic: clock.monotonic,
      spend: turns.spend,
    });
    const goodForMs = isCounted(vantage) ? COUNTED_GOOD_MS : GOOD_FOR * intervalOf(vantage);
    const before = watched.looks.get(vantage.name);
    const { look, changed } = remember(before, result, goodForMs);
    watched.looks.set(vantage.name, look);
    if (isCounted(vantage)) doubts.settle(turn, result);
    const sure = look.at !== before?.at && look.times === 2 && isTrouble(look);
    if (isWatched(watched) && (changed || sure || controlled)) onChange(watched.project);
    return !changed ? "none" : before ? "other" : "first";
  }

  /** Who sees something else has the others look too: what it is shows from both sides. */
  function askOthers(turn: SiteTurn) {
    turn.of.changedAt = clock.monotonic();
    for (const other of turn.of.turns)
      if (other !== turn && !isCounted(other.at)) turns.bring(other, clock.monotonic() + QUICK_MS);
  }

  function add(project: string, site: Site): Watched {
    const watched = watchedOf(project, site, vantages);
    for (const turn of watched.turns) {
      turns.add(turn);
      if (!isCounted(turn.at)) turns.bring(turn, clock.monotonic());
    }
    return watched;
  }

  function end({ turns: mine }: Watched) {
    for (const turn of mine) turns.remove(turn);
  }

  return {
    watch(project, sites) {
      const before = projects.get(project);
      if (!before && sites.length === 0) return;
      fence.here()();
      const after = new Map<string, Watched>();
      for (const site of sites) {
        const known = before?.get(site.environment);
        if (!known || !isSame(known.site, site)) after.set(site.environment, add(project, site));
        else {
          const doubted = site.doubt && !known.site.doubt;
          known.site = site;
          after.set(site.environment, known);
          if (doubted) doubts.plan(known);
        }
      }
      for (const [environment, watched] of before ?? []) if (after.get(environment) !== watched) end(watched);
      if (after.size === 0) projects.delete(project);
      else projects.set(project, after);
      const each = vantages.filter((vantage) => !isCounted(vantage)).map(({ side }) => 1000 / PERIOD_MS[side]);
      demand += (after.size - (before?.size ?? 0)) * each.reduce((sum, rate) => sum + rate, 0);
    },

    seen(project, environment) {
      const watched = projects.get(project)?.get(environment);
      return watched && seenOf(watched);
    },

    soon(project, asked) {
      for (const { turns: mine } of projects.get(project)?.values() ?? [])
        for (const turn of mine)
          if (asked || !isCounted(turn.at)) turns.bring(turn, Math.max(clock.monotonic(), turn.begunAt + QUICK_MS));
    },

    renew(project, environment, since) {
      const watched = projects.get(project)?.get(environment);
      for (const turn of watched?.turns ?? []) {
        const seenAt = watched?.looks.get(turn.vantage)?.at;
        if (!isCounted(turn.at) || (seenAt && seenAt > since)) continue;
        // A millisecond later, since a look of the same time is not newer.
        doubts.want(turn, clock.monotonic() + since.getTime() + 1 - clock.now().getTime());
      }
    },

    async look(project, site) {
      const known = projects.get(project)?.get(site.environment);
      const watched = known && isSame(known.site, site) ? known : watchedOf(project, site, vantages);
      const patience = new AbortController();
      const late = clock.sleep(PATIENCE_MS, patience.signal);
      await Promise.race([
        late,
        Promise.all(
          watched.turns.map((turn) => {
            turns.spend();
            turn.begunAt = clock.monotonic();
            return lookFrom(turn);
          }),
        ),
      ]);
      patience.abort();
      for (const { vantage } of watched.turns) {
        if (watched.looks.has(vantage)) continue;
        const result = unknownResult(vantage, site, clock.now(), `no answer within ${PATIENCE_MS / 1000} s`);
        watched.looks.set(vantage, remember(undefined, result, PATIENCE_MS).look);
      }
      return seenOf(watched) ?? { site, from: [], looks: [] };
    },

    stop() {
      projects.clear();
      doubts.forget();
      turns.stop();
      demand = 0;
    },
  };
}

/** A vantage that fails has learned nothing. */
async function askFrom(vantage: Vantage, { url, address }: Site, now: () => Date): Promise<ProbeResult> {
  const target: ProbeTarget = vantage.side === "inside" && address !== undefined ? { url, address } : { url };
  try {
    return await vantage.probe(target);
  } catch (error) {
    return unknownResult(vantage.name, target, now(), error instanceof Error ? error.message : String(error));
  }
}

function isTrouble({ outcome }: ProbeResult): boolean {
  return outcome.state === "answered" ? outcome.status >= 400 : outcome.state !== "unknown";
}

/** Looked at in the same way; what else changes of it makes no look less true. */
function isSame(one: Site, other: Site): boolean {
  return one.url === other.url && one.address === other.address;
}
