import type { Look } from "../project/look.ts";
import type { ProjectExam } from "../project/ports/doctor.ts";
import type { Project } from "../project/project.ts";
import { bareTitle } from "../words/bare-title.ts";
import { doctorRows } from "../words/doctor-rows.ts";
import { findingSaid } from "../words/finding-said.ts";
import { unreadSaid } from "../words/unread-said.ts";
import type { Words } from "../words/words.ts";

/** As a terminal shows it: a line for each thing, and under what is wrong what it means and the fix. */
export function doctorText(lines: readonly Look[], words: Words): string {
  const rows = doctorRows(lines, words);
  const width = Math.max(0, ...rows.filter(({ title }) => title.length < 24).map(({ title }) => title.length));
  return rows
    .flatMap(({ glyph, title, sentence, evidence, impact, fix }) => [
      `${glyph} ${title.padEnd(width)}  ${clearText(sentence)}${evidence ? ` (${clearText(evidence)})` : ""}`,
      ...(impact === undefined ? [] : [`    ${clearText(impact)}`]),
      ...(fix === undefined ? [] : [`    ${words.doctor.whatToDo} ${clearText(fix)}`]),
    ])
    .join("\n");
}

/** Likewise of one project, its findings first. */
export function examText(project: Project, exam: ProjectExam, words: Words): string {
  const { name } = project.metadata;
  if (exam.lines.length === 0) return words.doctor.going(name);
  const findings = exam.findings.flatMap((found) => {
    const said = findingSaid(found.code, found.params, words);
    const title = said?.title ?? found.code;
    if (found.recoveredAt !== undefined) return [`✔ ${words.doctor.over(title)}`];
    const more = said ? [said.cause, said.impact] : [];
    const fix = said ? [`${words.doctor.whatToDo} ${said.fix}`] : [];
    return [
      `${found.severity === "fail" ? "✖" : "⚠"} ${title}`,
      ...[...more, found.evidence, ...fix].map((line) => `    ${clearText(line)}`),
    ];
  });
  const unjudged = exam.unknown.map(
    ({ code, reason }) =>
      `○ ${clearText(words.doctor.unjudged(bareTitle(code, words), unreadSaid(reason, words.unread)))}`,
  );
  return [...findings, ...unjudged, words.doctor.seenNow, doctorText(exam.lines, words)].join("\n");
}

/** Of a stranger's words, such as a commit's title, on one line and without what a terminal would act on. */
function clearText(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/\p{Cc}/gu, "")
    .trim();
}
