import type { SiteLook, SiteSeen } from "../project/ports/sites.ts";
import type { Unread } from "../project/unread.ts";
import type { Why } from "../project/why.ts";
import { evidenceOf } from "./evidence-of.ts";
import { type Reading, readingOf } from "./reading-of.ts";

/** What a site answers people, as far as it was seen. */
export type Answer =
  | { state: "unseen" }
  /** Looked at, but nothing was learned. */
  | { state: "unknown"; reason: Unread }
  /** By the application, whatever it says: its own 404 or 500 too. `outside`: seen from there; else `blind` says why not. */
  | { state: "reachable"; status: number; from: string; at: Date; outside: boolean; blind?: Unread }
  | {
      state: "unreachable";
      why: Why;
      from: string;
      look: SiteLook;
      evidence: string;
      /** More than one look said so. */
      confirmed: boolean;
    };

interface Told {
  look: SiteLook;
  reading: Reading;
}

/** Looks of different vantages that are no further apart than this are of the same time. */
const TOGETHER_MS = 10_000;

/**
 * What people get is what is seen from outside; a look from inside, behind the firewall and past DNS, explains it, and
 * stands for it where nobody is outside.
 */
export function answerOf(seen: SiteSeen | undefined, now: Date): Answer {
  if (!seen || seen.looks.length === 0) return { state: "unseen" };
  const all = seen.looks
    .filter(({ goodUntil }) => goodUntil >= now)
    .map((look): Told => ({ look, reading: readingOf(look, seen) }));
  const inside = all.find(({ look }) => look.from === "inside");
  const outside = all.filter(({ look }) => look.from !== "inside").filter((each) => !isOvertaken(each, inside));

  for (const { look, reading } of outside)
    if (reading.kind === "served")
      return { state: "reachable", status: reading.status, from: look.from, at: look.at, outside: true };
  const trouble = firstTrouble(inside, outside);
  if (trouble) return unreachable(trouble.why, trouble.look);
  const mute = outside.find(({ reading }) => reading.kind === "mute");
  if (inside?.reading.kind === "served") {
    const absent = seen.from.find((name) => name !== "inside");
    const blind = mute ? reasonOf(mute) : absent === undefined ? undefined : unseenBy(absent);
    const { status } = inside.reading;
    const seenInside = { state: "reachable", status, from: "inside", at: inside.look.at, outside: false } as const;
    return { ...seenInside, ...(blind === undefined ? {} : { blind }) };
  }
  const [first = mute] = all;
  return { state: "unknown", reason: first ? reasonOf(first) : stale(seen.looks) };
}

function unreachable(why: Why, look: SiteLook): Answer {
  return { state: "unreachable", why, from: look.from, look, evidence: evidenceOf(look), confirmed: look.times > 1 };
}

function unseenBy(from: string): Unread {
  return { because: "LookPending", from };
}

function reasonOf({ look: { from }, reading }: Told): Unread {
  if (reading.kind !== "mute") return { because: "LookEmpty", from };
  const { reason } = reading;
  return typeof reason === "string" ? { because: "Said", detail: reason, from } : { ...reason, from };
}

function stale(looks: SiteLook[]): Unread {
  const last = looks.map(({ at }) => at.getTime()).reduce((a, b) => Math.max(a, b));
  return { because: "LookOld", at: new Date(last).toISOString().slice(11, 16) };
}

/** What the router told somebody outside before it began to say something else inside is not of now. */
function isOvertaken({ look, reading }: Told, inside: Told | undefined): boolean {
  if (!inside || inside.reading.kind === "mute" || inside.reading.kind === "silent") return false;
  const later = inside.look.since.getTime() - look.at.getTime() > TOGETHER_MS;
  return (
    later &&
    (reading.kind === "served" || (reading.kind === "trouble" && ORDER[reading.why] === ORDER["redirect-loop"]))
  );
}

/** At which layer people are stopped. */
const ORDER: Record<Why, number> = {
  "dns-missing": 0,
  "dns-elsewhere": 0,
  "port-blocked": 1,
  "port-refused": 1,
  "tls-wrong-cert": 2,
  "tls-expired": 2,
  "tls-untrusted": 2,
  "icp-block": 3,
  "http-404-no-route": 3,
  "http-502-503-504": 3,
  "http-no-answer": 3,
  "redirect-loop": 3,
  "cdn-in-front": 3,
  "not-reachable-unexplained": 4,
};

/** The first layer that stops somebody; of two vantages at the same layer the one inside, which is nearer to the cause. */
function firstTrouble(inside: Told | undefined, outside: Told[]): { why: Why; look: SiteLook } | undefined {
  const told = [...(inside ? [inside] : []), ...outside];
  // A refusal comes from the machine itself: what refuses one vantage is not blocked for another.
  const blocked = inside && connects(inside) && !outside.some(connects) && !outside.some(isRefused);
  const troubles = told.flatMap((each): { why: Why; look: SiteLook }[] => {
    const { look, reading } = each;
    if (reading.kind === "trouble") return [{ look, why: behindCdn(each, inside) ? "cdn-in-front" : reading.why }];
    if (reading.kind !== "silent") return [];
    // Who is silent inside too is not kept from people by what stands before it.
    return [{ look, why: blocked ? "port-blocked" : "not-reachable-unexplained" }];
  });
  return troubles.toSorted((a, b) => ORDER[a.why] - ORDER[b.why])[0];
}

/** Somebody listens, whatever is said then. */
function connects({ look: { outcome } }: Told): boolean {
  return ["answered", "redirect-loop", "tls-failed", "http-timeout", "http-failed"].includes(outcome.state);
}

function isRefused({ look: { outcome } }: Told): boolean {
  return outcome.state === "tcp-refused";
}

/** A CDN's own 5xx, of a site that is well where the CDN should find it. */
function behindCdn({ look: { from, outcome }, reading }: Told, inside: Told | undefined): boolean {
  if (from === "inside" || inside?.reading.kind !== "served" || outcome.state !== "answered") return false;
  return (
    reading.kind === "trouble" &&
    reading.why === "http-502-503-504" &&
    /cloudflare|cloudfront|akamai|fastly/i.test(
      `${outcome.server} ${outcome.headers?.via} ${outcome.headers?.["x-cache"]}`,
    )
  );
}
