import type { Project } from "../../project/project.ts";
import type { Words } from "../../words/words.ts";
import type { Reply } from "../call.ts";
import { actions, button, context, link, section } from "./blocks.ts";
import { escapeText } from "./escape-text.ts";
import { findingWords } from "./finding-words.ts";
import { person } from "./person.ts";
import { troubleNow } from "./trouble-now.ts";

const SHOWN = 40;

const GLYPHS: Record<Project["status"]["phase"], string> = {
  Launching: "◐",
  Live: "✔",
  Failed: "✖",
  Cancelled: "–",
  Kept: "⚠",
  Removing: "◐",
  Removed: "–",
};

/** A line a project: what needs somebody first, then by name. */
export function listCard(projects: Project[], words: Words): Reply {
  const { list, buttons } = words.slack;
  if (projects.length === 0) {
    const text = escapeText(list.empty);
    return { text, blocks: [section(text), ...actions(button({ action: "open-create", text: buttons.create }))] };
  }
  const sorted = projects.toSorted(
    (a, b) => Number(needsSomebody(b)) - Number(needsSomebody(a)) || a.metadata.name.localeCompare(b.metadata.name),
  );
  const lines = sorted.slice(0, SHOWN).map((project) => projectLine(project, words));
  const title = escapeText(list.title(projects.length));
  const sections = Array.from({ length: Math.ceil(lines.length / 6) }, (_, index) =>
    section(lines.slice(index * 6, index * 6 + 6).join("\n")),
  );
  const more = projects.length > SHOWN ? [context(escapeText(list.more(projects.length - SHOWN)))] : [];
  return { text: title, blocks: [section(`*${title}*`), ...sections, ...more] };
}

export function needsSomebody({ status }: Project): boolean {
  if (status.phase === "Cancelled" || isGoing(status.phase)) return false;
  return (
    status.phase === "Failed" ||
    status.deploys.at(-1)?.state === "failed" ||
    status.findings.some((found) => found.recoveredAt === undefined && found.severity !== "wait")
  );
}

function isGoing(phase: Project["status"]["phase"]): boolean {
  return phase === "Removing" || phase === "Removed";
}

/** `✔ rrr · live · https://rrr.example.com · @ada` */
export function projectLine(project: Project, words: Words, whose = true): string {
  const { status, spec, metadata } = project;
  const trouble = status.phase === "Live" ? troubleNow(project) : undefined;
  const glyph = status.phase === "Live" && needsSomebody(project) ? "⚠" : GLYPHS[status.phase];
  return [
    `${glyph}  *${escapeText(metadata.name, 80)}*`,
    escapeText(words.slack.phases[status.phase]),
    ...(trouble ? [escapeText(findingWords(trouble, words).title, 200)] : []),
    ...(status.url === undefined || isGoing(status.phase) ? [] : [link(status.url, escapeText(status.url, 200))]),
    ...(whose ? [person(spec.slack.requestedBy)] : []),
  ].join(" · ");
}
