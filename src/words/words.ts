import type { FindingCode, FindingParams } from "../project/finding-params/index.ts";
import type { PreflightReason } from "../project/look-reason.ts";
import type { NameReason } from "../project/naming.ts";
import type { Params } from "../project/params.ts";
import type { Reason, ReasonParams } from "../project/reason-params.ts";
import type { Remedy } from "../project/remedy.ts";
import type { Why } from "../project/why.ts";
import type { doctor } from "./en/doctor.ts";
import type { slack } from "./en/slack/index.ts";
import type { UnreadWords } from "./unread-said.ts";

/** Fills a sentence with facts. The result is plain text: whoever shows it escapes it for the place it goes to. */
export type Sentence<Facts = Params> = (params: Facts) => string;

/** What a finding says to people. */
export interface FindingWords<Facts = Params> {
  /** A few words, no full stop: `Flux cannot reach GitHub`. */
  title: Sentence<Facts>;
  /** What is wrong, in a sentence. */
  cause: Sentence<Facts>;
  /** What it means for the team: what is affected, and what is not. */
  impact: Sentence<Facts>;
  /** What to do. */
  fix: Sentence<Facts>;
}

/** Of some of the codes: a sentence that is missing, or asks for a fact that nobody gives, is an error of types. */
export type FindingsWords<Code extends FindingCode> = { [Each in Code]: FindingWords<FindingParams[Each]> };

/** All that Slipway says, in one language. What is missing is an error of types, in each of them. */
export interface Words {
  language: "en";
  /** By `Outcome.reason`: the detail behind a stage's row. Read through `reasonSaid`. */
  reasons: { [Each in Reason]: Sentence<ReasonParams[Each]> };
  /** Why nothing could be learned, in a clause. Read through `unreadSaid`. */
  unread: UnreadWords;
  /** Why an application is not reached, in a clause. */
  reach: Record<Why, string>;
  /** By finding or problem code. Read through `findingSaid`. */
  findings: FindingsWords<FindingCode>;
  /** By `Look.reason`. */
  preflight: Record<PreflightReason, Sentence>;
  names: Record<NameReason, Sentence<{ name: string; length: number }>>;
  /** The button's text. */
  remedies: Record<Remedy, string>;
  /** What the bot says in Slack; every language has the shape of the English. */
  slack: typeof slack;
  /** What the doctor says, there and in a terminal. */
  doctor: typeof doctor;
}
