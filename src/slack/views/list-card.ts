import type { StoredProjects } from "../../project/ports/projects.ts";
import type { Project } from "../../project/project.ts";
import type { UnreadableProject } from "../../project/read-project.ts";
import { vainDeploy } from "../../project/vain-deploy.ts";
import type { Words } from "../../words/words.ts";
import type { Reply } from "../call.ts";
import { actions, button, context, link, section } from "./blocks.ts";
import { errorAnswered } from "./error-answered.ts";
import { escapeText } from "./escape-text.ts";
import { findingWords } from "./finding-words.ts";
import { person } from "./person.ts";
import { localTime } from "./time.ts";
import { troubleNow } from "./trouble-now.ts";

const SHOWN = 40;

const GLYPHS: Record<Project["status"]["phase"], string> = {
  Requested: "◐",
  Refused: "–",
  Launching: "◐",
  Live: "✔",
  Failed: "✖",
  Cancelled: "–",
  Kept: "⚠",
  Removing: "◐",
  Removed: "–",
};

/** A line a project: what cannot be read and what needs somebody first, then by name. */
export function listCard({ projects, unreadable }: StoredProjects, words: Words): Reply {
  const { list, buttons } = words.slack;
  const count = projects.length + unreadable.length;
  if (count === 0) {
    const text = escapeText(list.empty);
    return { text, blocks: [section(text), ...actions(button({ action: "open-create", text: buttons.create }))] };
  }
  const sorted = projects.toSorted(
    (a, b) => Number(needsSomebody(b)) - Number(needsSomebody(a)) || a.metadata.name.localeCompare(b.metadata.name),
  );
  const lines = [
    ...unreadable.map((each) => unreadableLine(each, words)),
    ...sorted.slice(0, SHOWN).map((project) => projectLine(project, words)),
  ].slice(0, SHOWN);
  const title = escapeText(list.title(count));
  const sections = Array.from({ length: Math.ceil(lines.length / 6) }, (_, index) =>
    section(lines.slice(index * 6, index * 6 + 6).join("\n")),
  );
  const more = count > SHOWN ? [context(escapeText(list.more(count - SHOWN)))] : [];
  return { text: title, blocks: [section(`*${title}*`), ...sections, ...more] };
}

export function needsSomebody({ status }: Project): boolean {
  if (status.phase === "Cancelled" || isGoing(status.phase)) return false;
  return (
    status.phase === "Failed" ||
    vainDeploy(status)?.state === "failed" ||
    status.findings.some((found) => found.recoveredAt === undefined && found.severity !== "wait")
  );
}

function isGoing(phase: Project["status"]["phase"]): boolean {
  return phase === "Removing" || phase === "Removed";
}

/** Since when some environment of it could not be looked at. */
function unseenSince({ status }: Project): string | undefined {
  return status.environments.flatMap(({ now }) => now?.unseenSince ?? []).sort()[0];
}

/** `✖ rrr · cannot be read: status.phase is missing` */
export function unreadableLine({ name, fault }: UnreadableProject, words: Words): string {
  return `✖  *${escapeText(name, 80)}* · ${escapeText(words.slack.list.unreadable(fault), 300)}`;
}

/** `✔ rrr · live · https://rrr.example.com · @ada` */
export function projectLine(project: Project, words: Words, whose = true): string {
  const { status, spec, metadata } = project;
  const trouble = status.phase === "Live" ? troubleNow(project) : undefined;
  const unseen = status.phase === "Live" ? unseenSince(project) : undefined;
  const [error] = status.phase === "Live" ? status.environments.flatMap(({ now }) => errorAnswered(now) ?? []) : [];
  const glyph =
    status.phase === "Live" && (needsSomebody(project) || error !== undefined)
      ? "⚠"
      : unseen === undefined
        ? GLYPHS[status.phase]
        : "○";
  return [
    `${glyph}  *${escapeText(metadata.name, 80)}*`,
    escapeText(words.slack.phases[status.phase]),
    ...(trouble ? [escapeText(findingWords(trouble, words).title, 200)] : []),
    ...(trouble || error === undefined ? [] : [words.slack.status.answers(error)]),
    ...(unseen === undefined ? [] : [`${escapeText(words.slack.status.unseenSince)} ${localTime(unseen)}`]),
    ...(status.url === undefined || isGoing(status.phase) ? [] : [link(status.url, escapeText(status.url, 200))]),
    ...(whose ? [person(spec.slack.requestedBy)] : []),
  ].join(" · ");
}
