import type { Envelope } from "../model.ts";

/** One try of handing an envelope to the app. `lost`: nobody was there, or the connection ended before an answer. */
export type Outcome =
  | { state: "acked"; payload: unknown }
  | { state: "timeout" }
  | { state: "lost" }
  /** HTTP only: an answer other than 2xx. */
  | { state: "refused"; status: number };

/** `id` is Socket Mode's envelope_id; `attempt` and `reason` are told for events only. */
export interface Try {
  id: string;
  attempt: number;
  reason: string;
}

export type Attempt = (envelope: Envelope, given: Try) => Promise<Outcome>;
