import type { Params } from "../project/params.ts";
import type { Why } from "../project/why.ts";
import type { doctor } from "./en/doctor.ts";
import type { slack } from "./en/slack/index.ts";

/** Fills a sentence with facts. The result is plain text: whoever shows it escapes it for the place it goes to. */
export type Sentence = (params: Params) => string;

/** What a finding says to people. */
export interface FindingWords {
  /** A few words, no full stop: `Flux cannot reach GitHub`. */
  title: Sentence;
  /** What is wrong, in a sentence. */
  cause: Sentence;
  /** What it means for the team: what is affected, and what is not. */
  impact: Sentence;
  /** What to do. */
  fix: Sentence;
}

/**
 * All that Slipway says, in one language. A key that is missing is told by a test, not by a person who meets a gap:
 * test/words holds every reason and code in src against it.
 */
export interface Words {
  language: "en";
  /** By `Outcome.reason`: the detail behind a stage's row. */
  reasons: Record<string, Sentence>;
  /** Why an application is not reached, in a clause. */
  reach: Record<Why, string>;
  /** By finding or problem code. */
  findings: Record<string, FindingWords>;
  /** By `Look.reason`. */
  preflight: Record<string, Sentence>;
  /** By NameReason. */
  names: Record<string, Sentence>;
  /** By remedy id: the button's text. */
  remedies: Record<string, string>;
  /** What the bot says in Slack; every language has the shape of the English. */
  slack: typeof slack;
  /** What the doctor says, there and in a terminal. */
  doctor: typeof doctor;
}
