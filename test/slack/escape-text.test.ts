import { describe, expect, test } from "vitest";
import { projectResource } from "../../src/project/project.ts";
import { thread } from "../../src/slack/thread.ts";
import { clip, escapeText, oneLine } from "../../src/slack/views/escape-text.ts";
import { launchCard } from "../../src/slack/views/launch-card.ts";
import { en } from "../../src/words/en/index.ts";

const NOW = new Date("2026-03-01T10:00:00Z");

/** What people write as a title, name, branch or step, and how it reads on one line; undefined: as it was written. */
const TEXTS: [string, string, string?][] = [
  ["an appeal to everybody", "fix <!channel> <!here> @everyone"],
  ["a person", "thanks <@U0KJB5D50O9>"],
  ["a link with another's face", "<https://example.com|https://bank.example>"],
  ["marks", "*all* _of_ ~it~ `x` ```y``` > quoted"],
  ["an emoji's name", ":rotating_light:"],
  ["emoji alone", "🚀🚀"],
  ["entities already", "a &lt;!channel&gt; b &amp; c"],
  ["nothing at all", "", ""],
  ["nothing but space", " \n\t ", ""],
  ["lines", "one\ntwo\r\nthree", "one two three"],
  ["another language's spaces", "機能\u3000追加\u00a0済み\u2028終", "機能 追加 済み 終"],
  ["text that is turned round", "\u202egnp.exe\u202c \u2066x\u2069 \u202bהיום", "gnp.exe x היום"],
  ["right-to-left letters", "תיקון שגיאה בכניסה", "תיקון שגיאה בכניסה"],
  ["control characters", "a\u0000b\u0007c\u001b[31m", "abc[31m"],
  ["half a character", "a\ud800b", "a\ufffdb"],
  ["a family in one character", "👨‍👩‍👧"],
];

/** As Slack shows it: the entities are what was written. https://docs.slack.dev/messaging/formatting-message-text#escaping */
const shown = (text: string) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

const deployOf = (text: string) =>
  projectResource.parse({
    apiVersion: "slipway.dev/v1alpha1",
    kind: "Project",
    metadata: { name: "rrr", uid: "u", creationTimestamp: NOW.toISOString() },
    spec: {
      ...{ owner: "acme", repository: "rrr", template: "nextjs" },
      environments: [{ name: "production", namespace: "rrr", host: "rrr.example.com" }],
      slack: { channel: "C012", requestedBy: "U012ABC" },
    },
    status: {
      phase: "Live",
      launch: { startedAt: NOW.toISOString(), finishedAt: NOW.toISOString(), sha: "a".repeat(40) },
      deploys: [
        deploy("a".repeat(40), "live"),
        {
          ...deploy("b".repeat(40), "failed"),
          ...{ title: text, author: text },
          stages: [{ stage: "build", state: "failed", reason: "Stalled", params: { code: "build-failed", job: text } }],
          failure: {
            ...{ code: "build-failed", subject: "build/1", severity: "fail", evidence: text, seenFrom: "github" },
            ...{ stage: "build", remedies: ["retry"], count: 1, since: NOW.toISOString(), lastSeen: NOW.toISOString() },
            params: { number: 7, conclusion: "failure", job: text, step: text, branch: text, workflow: text },
          },
        },
      ],
    },
  });

function deploy(sha: string, state: string) {
  return {
    ...{ sha, tag: sha.slice(0, 12), author: "Ada", title: "Start", url: `https://github.com/acme/rrr/commit/${sha}` },
    ...{ startedAt: NOW.toISOString(), finishedAt: NOW.toISOString(), state, stages: [] },
  };
}

/** Every text of the cards, and whether Slack looks for marks in it: in `mrkdwn` and the plain fallback, nowhere else. */
function said(text: string): { text: string; marked: boolean }[] {
  const found: { text: string; marked: boolean }[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const own: { type?: unknown; text?: unknown } = value;
    if (typeof own.text === "string") found.push({ text: own.text, marked: own.type === "mrkdwn" });
    for (const each of Object.values(value)) walk(each);
  };
  for (const message of thread(deployOf(text), en, NOW)) {
    found.push({ text: message.text, marked: true });
    walk(message.blocks.sections);
  }
  return found;
}

describe("what people wrote", () => {
  test.each(TEXTS)("%s reads as it was written, on one line", (_, text, wanted = text) => {
    expect(shown(escapeText(oneLine(text)))).toBe(wanted);
    expect(clip(oneLine(text), 200)).toBe(wanted);
  });

  test.each(TEXTS)("%s calls nobody, links nowhere and turns nothing else round, wherever it stands", (_, text) => {
    const all = said(text);
    expect(all.filter(({ marked }) => marked).length).toBeGreaterThan(3);
    for (const { text: each, marked } of all) {
      const bare = each.replace(/<(!date\^|https:\/\/github\.com\/|https?:\/\/rrr\.example\.com|@U012ABC>)/g, "");
      if (marked) expect(bare).not.toMatch(/<[!@#\w]/);
      expect(each).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    }
  });

  test.each(["x", "<", "&", "😀", "語", "\n", "\u202e"])(
    "of 10,000 times %j is cut, within a character of Slack's limits",
    (unit) => {
      const long = unit.repeat(10_000);
      for (const max of [80, 200, 2900]) {
        expect(escapeText(long, max).length).toBeLessThanOrEqual(max);
        expect(clip(long, max).length).toBeLessThanOrEqual(max);
        expect(escapeText(long, max)).not.toMatch(/&[a-z]*…$/);
        expect(escapeText(long, max).isWellFormed()).toBe(true);
      }
      for (const { text } of said(long)) expect(text.length).toBeLessThanOrEqual(4000);
    },
  );

  test("as a title is nothing, and the card goes by its commit", () => {
    const [, card] = thread(deployOf(" "), en, NOW).filter(({ replyTo }) => replyTo === undefined);
    expect(card?.text).toContain("bbbbbbb");
    expect(JSON.stringify(card?.blocks.sections)).not.toMatch(/\|>|\|\s+>/);
    expect(launchCard(deployOf(""), en, NOW).text).toContain("rrr");
  });
});
