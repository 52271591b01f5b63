import type { ProbeResult } from "../../src/project/ports/probes.ts";
import type { Site, SiteLook, SiteSeen } from "../../src/project/ports/sites.ts";
import { at, NOW } from "./project.ts";

type Outcome = ProbeResult["outcome"];

export function site(given: Partial<Site> = {}): Site {
  return {
    environment: "production",
    host: "rrr.example.com",
    url: "https://rrr.example.com",
    address: "203.0.113.7",
    ...given,
  };
}

/** One of several looks that said the same, the last of them just now. */
export function lookFrom(
  from: string,
  outcome: Outcome,
  given: {
    target?: Partial<ProbeResult["target"]>;
    times?: number;
    since?: Date;
    at?: Date;
    goodUntil?: Date;
    unheard?: string;
  } = {},
): SiteLook {
  return {
    from,
    target: { host: "rrr.example.com", address: "203.0.113.7", port: 443, path: "/", tls: true, ...given.target },
    at: given.at ?? NOW,
    outcome,
    times: given.times ?? 3,
    since: given.since ?? at(-60),
    goodUntil: given.goodUntil ?? at(60),
    ...(given.unheard === undefined ? {} : { unheard: given.unheard }),
  };
}

/** What was seen from inside and, by whoever else is named, from outside. */
export function siteSeen(from: Record<string, Outcome>, given: Partial<SiteSeen> = {}): SiteSeen {
  return {
    site: site(),
    from: Object.keys(from),
    looks: Object.entries(from).map(([name, outcome]) => lookFrom(name, outcome)),
    ...given,
  };
}

/** What a random host at the same address gets. */
export function control(outcome: Outcome, host = "slipway-1a2b3c4d.invalid"): ProbeResult {
  return {
    from: "inside",
    target: { host, address: "203.0.113.7", port: 443, path: "/", tls: true },
    at: NOW,
    outcome,
  };
}
