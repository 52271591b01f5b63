import type { KnownBlock } from "@slack/types";
import { isLetGo } from "../../project/is-let-go.ts";
import type { Build, FindingStatus, Project } from "../../project/project.ts";
import { own } from "../../words/own.ts";
import { unreadSaid } from "../../words/unread-said.ts";
import type { Words } from "../../words/words.ts";
import { actions, button, code, context, section } from "./blocks.ts";
import { escapeText, oneLine } from "./escape-text.ts";
import { findingKey } from "./finding-key.ts";
import { findingWords } from "./finding-words.ts";
import { insert } from "./insert.ts";
import { person } from "./person.ts";
import { type Rendered, rendered } from "./rendered.ts";
import { localTime, secondsBetween } from "./time.ts";

/** Seconds: before that there is nothing to say about how long it lasts. */
const TELLING = 5;

/**
 * One problem: what, why, what it means, the proof, what to do. Edited while it lasts and once it is over.
 * Without `now`, all of it but what only the clock and the count change.
 */
export function findingCard(
  found: FindingStatus,
  project: Project,
  words: Words,
  now: Date | undefined,
  /** It stopped a launch or deploy: it does not go on by itself, and who launched is named. */
  fatal: { mention: string | undefined } | undefined,
): Rendered {
  const { finding } = words.slack;
  const said = findingWords(found, words);
  const name = project.metadata.name;
  if (found.recoveredAt !== undefined) {
    const time = words.slack.duration(secondsBetween(found.since, found.recoveredAt));
    const [mark, over] = found.unlooked
      ? ["–", finding.unlooked(found.environment ?? "")]
      : ["✔", finding.recovered(time)];
    // What it had said stays: who comes later wants to know what it was.
    return rendered(escapeText(`${name} · ${over} ${said.title}`, 300), [
      section(
        [
          `${mark}  *${escapeText(over, 200)}* ${escapeText(said.title, 200)}`,
          ...(said.cause === "" ? [] : [escapeText(said.cause, 1200)]),
        ].join("\n"),
      ),
      ...evidence(found),
      context(`${escapeText(finding.since)} ${localTime(found.since)}`),
    ]);
  }

  // What stops a launch is shown in the channel too, among other projects' messages.
  const heading = fatal ? `${name} · ${said.title}` : said.title;
  const lines = [
    `${found.severity === "fail" ? "✖" : "⚠"}  *${escapeText(heading, 280)}*${fatal?.mention === undefined ? "" : `  ${person(fatal.mention)}`}`,
    ...[said.cause, said.impact].filter((part) => part !== "").map((part) => escapeText(part, 1200)),
  ];
  const build = failedBuild(found, project);
  const lasting = now === undefined ? 0 : secondsBetween(found.since, now);
  const blocks: KnownBlock[] = [
    section(lines.join("\n")),
    ...(build?.failure ? buildLines(build.failure, words) : evidence(found)),
    ...(said.fix === "" || isBygone(found, project)
      ? []
      : [section(`*${escapeText(finding.fix)}* ${escapeText(said.fix, 1200)}`)]),
    context(
      [
        ...(lasting >= TELLING ? [escapeText(finding.still(found.count, words.slack.duration(lasting)))] : []),
        `${escapeText(finding.since)} ${localTime(found.since)}`,
        escapeText(seenFrom(found.seenFrom, words), 200),
      ].join(" · "),
    ),
    ...(found.checked ? [context(checkedText(found.checked, words))] : []),
    ...actions(...(isBygone(found, project) ? [] : remedies(found, project, words))),
  ];
  return rendered(escapeText(`${name}: ${said.title}. ${said.cause}`, 300), blocks);
}

/** The answer to who pressed Check again; it stays, so that who comes later knows too. */
function checkedText({ by, at, state, reason, unread }: NonNullable<FindingStatus["checked"]>, words: Words): string {
  const { checking, checkingStill, checkedThere, checkedUnseen } = words.slack.finding;
  const said = {
    waiting: checking,
    late: checkingStill,
    there: checkedThere,
    unseen: (whom: string) => checkedUnseen(whom, unreadSaid(unread ?? reason ?? "", words.unread)),
  };
  return insert(said[state], `${person(by)}, ${localTime(at)}`);
}

/** Of what is being removed nobody is to put anything right, but for what holds up the removal. */
function isBygone(found: FindingStatus, project: Project): boolean {
  if (isLetGo(project)) return true;
  const { status } = project;
  if (status.phase !== "Removing" && status.phase !== "Removed") return false;
  return status.failure === undefined || findingKey(status.failure) !== findingKey(found);
}

function seenFrom(where: string, words: Words): string {
  const said = words.slack.finding.seenFrom;
  if (where === "slipway") return said.slipway;
  if (where === "cluster") return said.cluster;
  if (where === "inside") return said.inside;
  if (where === "github") return said.github;
  if (where === "registry") return said.registry;
  if (where === "outside" || where.startsWith("outside:")) return said.outside(where.slice("outside:".length));
  return said.other(where);
}

/** Retry, Undo and Keep are the root message's; here are the remedies of this one cause. */
function remedies(found: FindingStatus, project: Project, words: Words) {
  return [...new Set(found.remedies)]
    .filter((id) => !["retry", "undo", "keep"].includes(id))
    .flatMap((id) => {
      const text = own<string>(words.remedies, id);
      return text === undefined
        ? []
        : [button({ action: `remedy:${id}`, text, value: `${project.metadata.name} ${findingKey(found)}` })];
    });
}

/** Its last lines say more than the one that the finding keeps. */
function failedBuild(found: FindingStatus, project: Project): Build | undefined {
  if (found.code !== "build-failed") return undefined;
  const { builds } = project.status;
  const named = builds.find((build) => found.subject === `run/${build.id}/${build.attempt}`);
  return named ?? builds.find((build) => build.failure);
}

function evidence(found: FindingStatus): KnownBlock[] {
  return oneLine(found.evidence) === "" ? [] : [code(found.evidence)];
}

function buildLines(failure: NonNullable<Build["failure"]>, words: Words): KnownBlock[] {
  const lines = failure.lines.slice(-20).join("\n");
  if (oneLine(lines) === "") return [];
  // The end is what tells; rich text shows it letter by letter.
  return [context(escapeText(words.slack.finding.lastLines(failure.job, failure.step), 300)), code(lines.slice(-2700))];
}
