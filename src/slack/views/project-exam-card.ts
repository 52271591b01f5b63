import type { KnownBlock } from "@slack/types";
import type { ProjectExam } from "../../project/ports/doctor.ts";
import type { FindingStatus, Project } from "../../project/project.ts";
import { bareTitle } from "../../words/bare-title.ts";
import { unreadSaid } from "../../words/unread-said.ts";
import type { Words } from "../../words/words.ts";
import type { Reply } from "../call.ts";
import { actions, button, context, linkable, section } from "./blocks.ts";
import { doctorSections } from "./doctor-card.ts";
import { escapeText, oneLine } from "./escape-text.ts";
import { findingWords } from "./finding-words.ts";
import { launchRows } from "./launch-rows.ts";
import { launchTitle } from "./launch-title.ts";
import { rowSection } from "./stage-rows.ts";
import { localTime, secondsBetween } from "./time.ts";

const SHOWN = 8;

/** One project as it was just looked at: what is wrong and the fix, what stands, and how far its launch has come. */
export function projectExamCard(
  project: Project,
  exam: ProjectExam,
  words: Words,
  threadUrl: string | undefined,
): Reply {
  const { doctor, slack } = words;
  const { name } = project.metadata;
  const { phase } = project.status;
  const footer = context(`${escapeText(doctor.asOf)} ${localTime(exam.at)} · ${escapeText(doctor.changedNothing)}`);
  if (phase === "Removing" || phase === "Removed") {
    const text = escapeText(doctor.going(name));
    return { text, blocks: [section(text), footer] };
  }
  const open = exam.findings.filter(({ recoveredAt }) => recoveredAt === undefined);
  const over = exam.findings.filter(({ recoveredAt }) => recoveredAt !== undefined);
  const unseen =
    exam.lines.filter(({ state, reason }) => state === "unknown" && reason !== "NotMadeYet").length +
    exam.unknown.length;
  const broken = exam.lines.filter(({ state }) => state === "failed").length;
  const title = escapeText(doctor.projectTitle(name, Math.max(open.length, broken), unseen));
  const lines = [
    ...over.map((found) => `✔  ${escapeText(doctor.over(findingWords(found, words).title), 300)}`),
    ...exam.unknown.map(
      ({ code, reason }) =>
        `○  ${escapeText(oneLine(doctor.unjudged(bareTitle(code, words), unreadSaid(reason, words.unread))), 300)}`,
    ),
  ];
  const thread = linkable(threadUrl);
  return {
    text: title,
    blocks: [
      section(`*${title}*`),
      ...open.slice(0, SHOWN).map((found) => problem(found, exam.at, words)),
      ...(lines.length > 0 ? [section(lines.slice(0, SHOWN).join("\n"))] : []),
      section(`*${escapeText(doctor.seenNow)}*`),
      ...doctorSections(exam.lines, words),
      section(
        `*${escapeText(doctor.launchSoFar)}* ${escapeText(launchTitle(project, words, exam.at).join(" · "), 300)}`,
      ),
      ...rowSection(launchRows(project, words, exam.at)),
      footer,
      ...actions(thread ? button({ action: "open-thread", text: slack.buttons.openThread, url: thread }) : undefined),
    ],
  };
}

function problem(found: FindingStatus, now: Date, words: Words): KnownBlock {
  const said = findingWords(found, words);
  const { slack, doctor } = words;
  const glyph = found.severity === "fail" ? "✖" : "⚠";
  const since = slack.finding.still(found.count, slack.duration(secondsBetween(found.since, now)));
  const proof = oneLine(found.evidence);
  return section(
    [
      `${glyph}  *${escapeText(said.title, 280)}* · ${escapeText(since)}`,
      ...[said.cause, said.impact, proof].filter((part) => part !== "").map((part) => `      ${escapeText(part, 500)}`),
      ...(said.fix === "" ? [] : [`      *${escapeText(doctor.whatToDo)}* ${escapeText(said.fix, 500)}`]),
    ].join("\n"),
  );
}
