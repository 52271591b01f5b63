import fc from "fast-check";
import { expect, test } from "vitest";
import { type Surface, validateBlocks } from "../../src/sandbox/slack/validate-blocks.ts";
import { thread } from "../../src/slack/thread.ts";
import { createModal } from "../../src/slack/views/create-modal.ts";
import { homeView } from "../../src/slack/views/home-view.ts";
import { listCard } from "../../src/slack/views/list-card.ts";
import { planCard } from "../../src/slack/views/plan-card.ts";
import { preflightCard } from "../../src/slack/views/preflight-card.ts";
import { removeModal } from "../../src/slack/views/remove-modal.ts";
import { statusCard } from "../../src/slack/views/status-card.ts";
import { undoModal } from "../../src/slack/views/undo-modal.ts";
import { en } from "../../src/words/en/index.ts";
import { anyProject } from "./any-project.ts";
import { settings } from "./start-bot.ts";

const now = new Date("2026-03-01T10:00:00Z");
const words = {
  ...en,
  remedies: { ...en.remedies, "check-again": "Check again ".repeat(20) },
};

function refused(blocks: unknown[], surface: Surface = "message"): string[] {
  return validateBlocks(blocks, surface);
}

test("any Project's thread is within Slack's limits, in both dialects", () => {
  fc.assert(
    fc.property(anyProject, (project) => {
      for (const message of thread(project, words, now)) {
        expect(refused(message.blocks.plan)).toEqual([]);
        expect(refused(message.blocks.sections)).toEqual([]);
        // https://docs.slack.dev/reference/methods/chat.postMessage#truncating: 4,000 characters at best.
        expect(message.text.length).toBeLessThanOrEqual(4000);
      }
    }),
    { numRuns: 60 },
  );
});

test("nothing that a stranger wrote can ping or format beyond its place", () => {
  fc.assert(
    fc.property(anyProject, (project) => {
      for (const { text, blocks } of thread(project, words, now)) {
        const parsed = [...blocks.sections, ...blocks.plan].flatMap((block) =>
          block.type === "section" || block.type === "context"
            ? (JSON.stringify(block).match(/"text":"(?:[^"\\]|\\.)*"/g) ?? [])
            : [],
        );
        // What is left of angle brackets is ours: dates, links to http(s), mentions of people.
        for (const said of [text, ...parsed]) {
          expect(said.replace(/<(!date\^|https?:\/\/|@[UW][A-Z0-9]+>|#C)/g, "")).not.toMatch(/<(?=[!@#\w])/);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test("commands' answers, forms and App Home are within Slack's limits", () => {
  fc.assert(
    fc.property(
      fc.array(anyProject, { minLength: 1, maxLength: 60 }),
      fc.string({ maxLength: 4000 }),
      (projects, text) => {
        const [project] = projects;
        if (!project) return;
        const fault = { fault: "choice", field: text, wanted: text, more: 3 };
        const unreadable = projects.map(({ metadata: { name } }) => ({ name, fault, fields: [text] }));
        expect(refused(statusCard(project, words, now, text).blocks)).toEqual([]);
        expect(refused(listCard({ projects, unreadable }, words).blocks)).toEqual([]);
        expect(refused(homeView({ projects, unreadable }, { person: "U012ABC" }, words, now).blocks, "home")).toEqual(
          [],
        );
        expect(refused(undoModal(project, words).blocks, "modal")).toEqual([]);
        expect(refused(removeModal(project, words).blocks, "modal")).toEqual([]);
        const changes = Array.from({ length: 50 }, () => ({
          kind: text,
          name: text,
          namespace: project.spec.environments[0]?.namespace ?? "",
        }));
        expect(refused(planCard(text, { spec: project.spec, changes, image: text }, words))).toEqual([]);
        const lines = Array.from({ length: 20 }, () => ({
          check: "name" as const,
          state: "failed" as const,
          reason: "NotLookedAt" as const,
          params: { check: text, detail: text },
        }));
        expect(refused(preflightCard(text, lines, "missing", words))).toEqual([]);
        const templates = Array.from({ length: 120 }, (_, index) => ({
          name: `${index}${text}`,
          title: text,
          description: text,
        }));
        const draft = { name: text, environments: [text], owner: text, domain: text, channel: "C012" };
        expect(refused(createModal(draft, templates, settings, words).blocks, "modal")).toEqual([]);
      },
    ),
    { numRuns: 15 },
  );
});
