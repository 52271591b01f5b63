import type { ProbeResult } from "./probes.ts";

/** One URL of one environment, looked at while its project lives. */
export interface Site {
  environment: string;
  host: string;
  url: string;
  /** The Ingress's own address: where it is looked at from inside, whatever DNS says. */
  address?: string;
  /** All of them, where the Ingress has several (one for each node). */
  addresses?: readonly string[];
  /** Its rule has no host: whoever asks by another name gets the same application, so that no `control` tells. */
  anyHost?: boolean;
  /** There is a reason to look from everywhere, also from where looks are counted: a launch, a deploy, an open finding. */
  doubt?: boolean;
}

export interface SiteLook extends ProbeResult {
  /** So many looks in a row, this one among them, said the same. */
  times: number;
  /** When the first of them was. */
  since: Date;
  /** Older than that it says nothing about now. */
  goodUntil: Date;
  /** Tried again since, and nothing was learned: why. */
  unheard?: string;
}

/** What was seen of a site last. */
export interface SiteSeen {
  site: Site;
  /** Everybody who looks, whether or not he has: the vantages' names. */
  from: readonly string[];
  /** One from each vantage that has looked, inside first. */
  looks: SiteLook[];
  /** What a random host at the same address and port gets; asked only where it decides something (a 404). */
  control?: ProbeResult;
}

/** Looks at living projects' URLs. In memory: looking writes nothing. */
export interface Sites {
  /** What is to be looked at of this project from now on; the same again costs nothing; none ends it. */
  watch(project: string, sites: readonly Site[]): void;
  /** Never waits. `undefined`: not looked at yet. */
  seen(project: string, environment: string): SiteSeen | undefined;
  /**
   * Something happened that could matter: looks now, as far as the budget allows. `asked`: by a person, who is worth a look
   * from where they are counted too.
   */
  soon(project: string, asked?: "asked"): void;
  /** Somebody waits for an answer newer than `since`: looks once more from where looks are counted, as far as they go. */
  renew(project: string, environment: string, since: Date): void;
  /** One look from everywhere now, for who asks (doctor, Check again); at most some seconds. Never rejects. */
  look(project: string, site: Site): Promise<SiteSeen>;
  /** Ends all looking and forgets what was seen; what is watched afterwards begins anew. */
  stop(): void;
}
