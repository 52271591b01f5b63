/** What one look at a URL gave, layer by layer; the first that failed tells. */
export interface ProbeResult {
  /** `inside`, or the vantage's name. */
  from: string;
  target: { host: string; address?: string; port: number; path: string; tls: boolean };
  at: Date;
  /** How far it came. */
  outcome:
    | {
        state: "answered";
        status: number;
        server?: string /** First 200 characters. */;
        body: string;
        milliseconds: number;
      }
    | { state: "dns-failed"; detail: string }
    | { state: "tcp-timeout" }
    | { state: "tcp-refused" }
    | { state: "tcp-unreachable"; detail: string }
    | { state: "tls-failed"; detail: string; subject?: string; issuer?: string }
    | { state: "http-timeout" }
    /** Connected, but what came was no HTTP, or the connection was cut before it. */
    | { state: "http-failed"; detail: string }
    /** The vantage itself did not answer: nothing was learned. */
    | { state: "unknown"; detail: string };
}

export interface ProbeTarget {
  url: string;
  /** Connect here instead of what DNS answers (Host header and SNI stay). */
  address?: string;
  timeoutMs?: number;
}

/** One place to look from. Implemented in src/probes. */
export interface Vantage {
  name: string;
  side: "inside" | "outside";
  probe(target: ProbeTarget): Promise<ProbeResult>;
  /** Why it could not look now, found without looking anywhere; undefined: it could. Never rejects. */
  refusal?(): Promise<string | undefined>;
}
