/** What is wrong with the certificate that was shown; `handshake`: none was seen. */
export type TlsTrouble =
  /** The router's own, shown where it has none for the host. */
  | "default"
  | "wrong-host"
  | "expired"
  | "not-yet-valid"
  | "self-signed"
  /** Nobody whom the one who looks trusts has issued it. */
  | "untrusted"
  | "handshake";

/** What one look at a URL gave, layer by layer; the first that failed tells. */
export interface ProbeResult {
  /** `inside`, or the vantage's name. */
  from: string;
  /** Of the last request: where a redirect led to on the same host, that is here. */
  target: { host: string; address?: string; port: number; path: string; tls: boolean };
  at: Date;
  /** How far it came. */
  outcome:
    | {
        state: "answered";
        status: number;
        server?: string;
        /** First 200 characters. */
        body: string;
        milliseconds: number;
        /** Those that tell who answered: `content-type`, `via`, `x-cache`, `x-powered-by`. */
        headers?: Record<string, string>;
        /** Where people are sent that was not gone to (another host); without its query. */
        location?: string;
      }
    /** Redirects without an end; `hops` without their queries, the last the first that came again. */
    | { state: "redirect-loop"; status: number; hops: string[] }
    | { state: "dns-failed"; detail: string }
    | { state: "tcp-timeout" }
    | { state: "tcp-refused" }
    | { state: "tcp-unreachable"; detail: string }
    /** `detail` is OpenSSL's or Node's code, for logs; `reason` is what is told. */
    | { state: "tls-failed"; reason: TlsTrouble; detail: string; subject?: string; issuer?: string; notAfter?: Date }
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
  /** Any certificate will do, since only the answer is of interest. From inside only. */
  anyCertificate?: boolean;
}

/** One place to look from. Implemented in src/probes. */
export interface Vantage {
  name: string;
  side: "inside" | "outside";
  probe(target: ProbeTarget): Promise<ProbeResult>;
  /** Why it could not look now, found without looking anywhere; undefined: it could. Never rejects. */
  refusal?(): Promise<string | undefined>;
  /** Looks that it will still do this hour; absent: its looks are not counted. */
  left?(): number;
}
