import type { Button, KnownBlock } from "@slack/types";
import { isLetGo } from "../../project/is-let-go.ts";
import { lastWish } from "../../project/last-wish.ts";
import { laterDeploys } from "../../project/later-deploys.ts";
import type { Project } from "../../project/project.ts";
import type { WishKind } from "../../project/wishes.ts";
import type { Words } from "../../words/words.ts";
import { actions, button, code, context, linkable, section } from "./blocks.ts";
import { escapeText, oneLine } from "./escape-text.ts";
import { findingWords } from "./finding-words.ts";
import { insert } from "./insert.ts";
import { launchRows } from "./launch-rows.ts";
import { launchTitle } from "./launch-title.ts";
import { person } from "./person.ts";
import { pinButtons } from "./pin-buttons.ts";
import type { Rendered } from "./rendered.ts";
import { rowPlan, rowSection } from "./stage-rows.ts";
import { localDateTime } from "./time.ts";
import { titleLine } from "./title-line.ts";

/** The root message: always the truth about one launch. Without `now`, all of it but what only the clock changes. */
export function launchCard(project: Project, words: Words, now: Date | undefined): Rendered {
  const { status } = project;
  const rows = launchRows(project, words, now);
  const title = launchTitle(project, words, now);
  const tail = isLetGo(project) ? [] : [...ending(project, words), ...actions(...buttons(project, words))];
  const bold = titleLine(title, status.url);
  return {
    text: escapeText(title.join(" · "), 400),
    plan: [rows.length === 0 ? section(bold) : rowPlan(title.join(" · "), rows), ...tail],
    sections: [section(bold), ...rowSection(rows), ...tail],
  };
}

/** What follows the rows once it no longer simply goes on. */
function ending(project: Project, words: Words): KnownBlock[] {
  const { status } = project;
  const { launch } = words.slack;
  switch (status.phase) {
    case "Requested":
    case "Refused":
      return [];
    case "Launching": {
      if (pending(project, "cancel")) return [context(launch.cancelling)];
      return [];
    }
    case "Live": {
      const { finishedAt } = status.launch;
      if (finishedAt === undefined) return [];
      return [context(insert((when) => launch.asOf(when, project.metadata.name), localDateTime(finishedAt)))];
    }
    case "Failed":
      if (pending(project, "retry")) return [context(launch.retrying)];
      return failure(project, words);
    case "Cancelled":
      return [context(`${named(launch.cancelledBy, project, "cancel")}${escapeText(launch.cancelled)}`)];
    case "Kept":
      return [
        ...failure(project, words),
        context(`${named(launch.keptBy, project, "keep")}${escapeText(launch.kept)}`),
      ];
    case "Removing": {
      const gone = status.ledger.filter((entry) => entry.state === "removed").length;
      const asked = lastWish(project, "remove") ?? lastWish(project, "undo");
      const who = asked ? `${insert(launch.askedBy, person(asked.by))} ` : "";
      const going = asked?.kind === "remove" ? launch.deleting : launch.removing;
      return [...failure(project, words), context(`${who}${escapeText(going(gone, status.ledger.length))}`)];
    }
    case "Removed":
      return [context(removed(project, words))];
  }
}

/** What is over, and who wished for it where somebody did in Slack. */
function removed(project: Project, words: Words): string {
  const remove = lastWish(project, "remove");
  const { undoneBy, deletedBy, removed, deleted } = words.slack.launch;
  if (project.metadata.deletionTimestamp !== undefined && !remove && !lastWish(project, "undo"))
    return escapeText(words.slack.farewell.removed);
  if (remove) return `${insert(deletedBy, person(remove.by))} ${escapeText(deleted)}`;
  return `${named(undoneBy, project, "undo")}${escapeText(removed)}`;
}

/** With whom the wish was: nothing where nobody made it in Slack. */
function named(said: (who: string) => string, project: Project, kind: WishKind): string {
  const wish = lastWish(project, kind);
  return wish ? `${insert(said, person(wish.by))} ` : "";
}

/** Cause in a sentence, then the line that proves it, then the fix. */
function failure(project: Project, words: Words): KnownBlock[] {
  const found = project.status.failure;
  if (!found) return [];
  const said = findingWords(found, words);
  return [
    section(`*${escapeText(said.title, 200)}*${said.cause === "" ? "" : `\n${escapeText(said.cause, 900)}`}`),
    ...(oneLine(found.evidence) === "" ? [] : [code(found.evidence)]),
    ...(said.fix === "" ? [] : [section(`*${escapeText(words.slack.finding.fix)}* ${escapeText(said.fix, 900)}`)]),
  ];
}

function buttons(project: Project, words: Words): (Button | undefined)[] {
  const { status } = project;
  const text = words.slack.buttons;
  const value = project.metadata.name;
  const act = (action: "retry" | "undo" | "keep") =>
    button({ action, text: text[action], value, ...(action === "retry" && { style: "primary" }) });
  const build = status.builds.findLast((each) => each.sha === status.launch.sha) ?? status.builds.at(-1);
  const open = (action: string, label: string, url: string | undefined) =>
    linkable(url) === undefined ? undefined : button({ action, text: label, url: linkable(url) });
  const viewBuild = open("open-build", text.viewBuild, build?.url);
  const repository = open("open-repository", text.openRepository, status.repository?.url);

  switch (status.phase) {
    case "Launching": {
      const cancel = button({
        action: "cancel",
        text: text.cancel,
        value,
        confirm: {
          title: words.slack.cancelConfirm.title,
          text: words.slack.cancelConfirm.text(value),
          yes: words.slack.cancelConfirm.yes,
          no: words.slack.cancelConfirm.no,
        },
      });
      return [viewBuild, repository, pending(project, "cancel") ? undefined : cancel];
    }
    case "Live":
      return [open("open-site", text.openSite, status.url), repository, ...goBack(project, words)];
    case "Failed":
      if (pending(project, "retry")) return [viewBuild];
      return [act("retry"), act("undo"), act("keep"), viewBuild, repository];
    case "Cancelled":
    case "Kept":
      return [act("retry"), act("undo"), repository];
    case "Requested":
    case "Refused":
    case "Removing":
    case "Removed":
      return [];
  }
}

/** To what was launched, once something else runs. */
function goBack(project: Project, words: Words): Button[] {
  const later = laterDeploys(project.status);
  const launch = project.status.deploys.find((deploy) => !later.includes(deploy));
  return launch ? pinButtons(launch, project, words) : [];
}

/** Wished for, and not handled yet. */
function pending(project: Project, kind: "cancel" | "retry"): boolean {
  const wish = lastWish(project, kind);
  return wish !== undefined && !project.status.handled.includes(wish.id);
}
