import type { Project } from "../../project/project.ts";
import type { Words } from "../../words/words.ts";
import { errorAnswered } from "./error-answered.ts";
import { findingWords } from "./finding-words.ts";
import { troubleNow } from "./trouble-now.ts";

/** `rrr`, `live`, what is wrong if anything is, and where it is: what is true now, without what was true at its launch. */
export function liveTitle(project: Project, words: Words): string[] {
  const { status, metadata } = project;
  const trouble = troubleNow(project);
  const [error] = status.environments.flatMap(({ now }) => errorAnswered(now) ?? []);
  const said = trouble ? findingWords(trouble, words).title : error && words.slack.status.answers(error);
  return [metadata.name, words.slack.phases.Live, ...(said ? [`⚠ ${said}`] : []), ...(status.url ? [status.url] : [])];
}
