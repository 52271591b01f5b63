import { expect, test } from "vitest";
import { en } from "../../src/words/en/index.ts";

/** What nobody says who writes well; each was said once. */
const AVOIDED: readonly RegExp[] = [
  /\bmend(s|ed)?\b/i,
  /\bwill not do\b|\bwill do\b/,
  /\bagain and again\b/,
  /\bcome(s)? to (an end|no end|nothing)\b/,
  /\bgo(es)? on\b/,
  /\bthat is (no|none|another)\b/,
  /\b(is|are) (no|none)\b(?! longer\b| [a-z]+ (ready|up)\b)/,
  /\bsecret is another\b/,
  /\bfor want of\b/,
  /\ball the same\b/,
  /\bonce more\b/,
  /\bof its own\b.*\bof its own\b/,
  /\bwhat (runs|stands|ran|came|comes)\b/i,
  /\bis (seen|looked at|tried|gone to|told|said)\b/,
  /\b(look|looks|looked) at\b/,
  /\btake(s|n)? up\b/,
  /\bmeanwhile\b/,
  /\bmade anew\b|\banew\b/,
  /\bsomebody\b/i,
  /\bof an? .+'s\b/,
  /\bthen retry\b/,
  /\bask(s|ed)? for \d/,
];

/** What is said of that is right, though it looks like one of those. */
const ALLOWED: readonly string[] = ["There is no", "there is no", "There are no", "No other pod"];

test("nothing is said in a way that a good writer avoids", () => {
  const said = [...sentencesIn(en, "en")];
  expect(said.length).toBeGreaterThan(600);
  const odd = said.flatMap(([place, sentence]) => {
    const rest = ALLOWED.reduce((text, allowed) => text.replaceAll(allowed, ""), sentence);
    return AVOIDED.filter((each) => each.test(rest)).map((each) => `${place}: ${each}: ${sentence}`);
  });
  expect(odd).toEqual([]);
});

test("times are told in one way: 45 s, 2 min 5 s", () => {
  const { duration } = en.slack;
  expect([45, 125, 7_380, 273_600].map(duration)).toEqual(["45 s", "2 min 5 s", "2 h 3 min", "3 d 4 h"]);
  for (const [place, sentence] of sentencesIn(en, "en")) {
    expect(sentence, place).not.toMatch(/\b\d+ ?(sec|secs|seconds|minutes|mins|hours|hrs)\b|\d+:\d\d\b(?! UTC)/);
    expect(sentence, place).not.toMatch(/\b(two|three|five|ten|twenty|thirty) (seconds|minutes|hours)\b/);
  }
});

/** Each sentence of a catalogue, with every fact called `x`, and once more with none of them known. */
function* sentencesIn(value: unknown, place: string): Generator<[place: string, sentence: string]> {
  if (typeof value === "string") yield [place, value];
  else if (isSentence(value)) {
    for (const fact of ["x", ""]) {
      const facts = new Proxy([fact], { get: (list, name) => Reflect.get(list, name) ?? fact });
      yield* sentencesIn(said(value, facts), place);
    }
  } else if (typeof value === "object" && value !== null)
    for (const [name, each] of Object.entries(value)) yield* sentencesIn(each, `${place}.${name}`);
}

/** Those that want a number or a list besides are tried with these. */
function said(sentence: (...facts: never[]) => unknown, facts: string[]): unknown {
  for (const given of [facts, "x", 2, ["x", "x"]]) {
    const told: unknown = attempt(() => Reflect.apply(sentence, undefined, [given, given, given, given]));
    if (typeof told === "string" && !/\[object/.test(told)) return told;
  }
  return undefined;
}

function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch {
    return undefined;
  }
}

function isSentence(value: unknown): value is (...facts: never[]) => unknown {
  return typeof value === "function";
}
