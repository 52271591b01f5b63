import type { Environment, Project } from "../../project/project.ts";
import { own } from "../../words/own.ts";
import type { Words } from "../../words/words.ts";
import { link } from "./blocks.ts";
import { errorAnswered } from "./error-answered.ts";
import { escapeText } from "./escape-text.ts";
import { localTime } from "./time.ts";

/** `✔ production · https://… · answers 200 · 2 of 2 pods ready · runs 3f2a91c0aa11`: as it was seen last, and nothing from before. */
export function environmentLine({ name }: Environment, { status, spec }: Project, words: Words): string {
  const here = status.environments.find((each) => each.name === name);
  const { answer, ready, wanted, tag, unseenSince } = here?.now ?? {};
  const said = words.slack.status;
  const url = here?.url ?? (spec.environments[0]?.name === name ? status.url : undefined);
  const well =
    answer?.status !== undefined && errorAnswered(here?.now) === undefined && ready === wanted && ready !== 0;
  return [
    `${unseenSince !== undefined || answer === undefined ? "○" : well ? "✔" : "⚠"}  *${escapeText(name, 80)}*`,
    ...(url === undefined ? [] : [link(url, escapeText(url, 200))]),
    escapeText(answerWords(answer, words)),
    ...(ready === undefined || wanted === undefined ? [] : [said.pods(ready, wanted)]),
    ...(ready === undefined ? [] : [tag === undefined ? said.nothingRuns : escapeText(said.runs(tag))]),
    ...(unseenSince === undefined ? [] : [`${escapeText(said.unseenSince)} ${localTime(unseenSince)}`]),
  ].join(" · ");
}

function answerWords(
  answer: NonNullable<Project["status"]["environments"][number]["now"]>["answer"],
  words: Words,
): string {
  const said = words.slack.status;
  if (answer === undefined) return said.answerUnknown;
  if (answer.status !== undefined) return said.answers(answer.status);
  const why = answer.why === undefined ? undefined : own(words.reach, answer.why);
  return why === undefined ? said.answersNotBare : said.answersNot(why, answer.instead);
}
