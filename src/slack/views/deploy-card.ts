import type { KnownBlock } from "@slack/types";
import { pinOf } from "../../project/pin-of.ts";
import type { Deploy, Project } from "../../project/project.ts";
import { isCancelled } from "../../project/vain-deploy.ts";
import type { Words } from "../../words/words.ts";
import { actions, button, context, link, linkable, section } from "./blocks.ts";
import { deployKey } from "./deploy-key.ts";
import { deployState } from "./deploy-state.ts";
import { escapeText, oneLine } from "./escape-text.ts";
import { insert } from "./insert.ts";
import { paceWords } from "./pace-words.ts";
import { person } from "./person.ts";
import { pinButtons } from "./pin-buttons.ts";
import type { Rendered } from "./rendered.ts";
import { rowPlan, rowSection, stageRows } from "./stage-rows.ts";
import { secondsBetween } from "./time.ts";
import { titleLine } from "./title-line.ts";

/** The root message of one later commit, of the launch's shape. Without `now`, all but what only the clock changes. */
export function deployCard(deploy: Deploy, project: Project, words: Words, now: Date | undefined): Rendered {
  const { slack } = words;
  const rows = stageRows(deploy.stages, words, {
    all: false,
    ...(deploy.state === "running" && { usualBuild: project.status.expected?.build, now }),
  });
  const took = deploy.finishedAt && slack.duration(secondsBetween(deploy.startedAt, deploy.finishedAt));
  const parts = [project.metadata.name, deployState(deploy, project, words)];
  const isGone = project.status.phase === "Removing" || project.status.phase === "Removed";
  if (deploy.state === "running" && !isGone)
    parts.push(...paceWords({ ...deploy, expected: project.status.expected }, now, words));
  if (deploy.state === "live" && took && !isGone) parts.push(slack.inTime(took));
  if (deploy.state === "failed" && took) parts.push(slack.after(took));

  const title = oneLine(deploy.title);
  const commit = linkable(deploy.url);
  const said = [
    ...(deploy.reason === "pin" ? [escapeText(pinWords(deploy, project, words), 200)] : []),
    // A launch has no commit of somebody's: that it is pinned to is told by its hash alone.
    ...(title === "" ? [] : [link(commit, escapeText(title, 200))]),
    ...(oneLine(deploy.author) === "" ? [] : [escapeText(slack.deploy.byAuthor(oneLine(deploy.author)), 100)]),
    `\`${escapeText(deploy.sha.slice(0, 7), 20).replaceAll("`", "'")}\``,
    ...comparison(deploy, project, words),
  ].join(" · ");
  const build = linkable(project.status.builds.findLast((each) => each.sha === deploy.sha)?.url);
  const newest = project.status.deploys.findLast(({ reason }) => reason === deploy.reason) === deploy;
  const site = deploy.state === "live" ? linkable(project.status.url) : undefined;
  const tail: KnownBlock[] = [
    ...notes(deploy, project, words),
    // Nothing of it is there any more to be opened or tried again.
    ...(isGone
      ? []
      : actions(
          newest && (deploy.state === "failed" || isCancelled(deploy))
            ? button({ action: "retry", text: slack.buttons.retry, value: project.metadata.name, style: "primary" })
            : undefined,
          ...pinButtons(deploy, project, words),
          site ? button({ action: "open-site", text: slack.buttons.openSite, url: site }) : undefined,
          build ? button({ action: "open-build", text: slack.buttons.viewBuild, url: build }) : undefined,
        )),
  ];
  const bold = titleLine(parts);
  return {
    text: escapeText([...parts, title || deploy.tag].join(" · "), 400),
    plan: [rowPlan(parts.join(" · "), rows), section(said), ...tail],
    sections: [section(`${bold}\n${said}`), ...rowSection(rows), ...tail],
  };
}

/** What it changes: from the commit that was live before it. https://docs.github.com/en/pull-requests/committing-changes-to-your-project/viewing-and-comparing-commits/comparing-commits */
function comparison(deploy: Deploy, { status }: Project, words: Words): string[] {
  const before = status.deploys.slice(0, status.deploys.indexOf(deploy)).findLast(({ state }) => state === "live");
  const url = status.repository && before && `${status.repository.url}/compare/${before.sha}...${deploy.sha}`;
  if (deploy.reason === "pin" || before?.sha === deploy.sha || linkable(url) === undefined) return [];
  return [link(linkable(url), escapeText(words.slack.deploy.compare))];
}

/** A tag that is not its commit's own is named: the manifests are of one commit, and the image of none that is known. */
function pinWords({ environments = [], sha, tag, imageOnly }: Deploy, { status }: Project, words: Words): string {
  const where = environments.join(", ");
  const said = words.slack.deploy;
  if (imageOnly) return said.pinnedImageOnly(where, tag);
  const byTag = status.environments.some(({ name, pinnedTag }) => environments.includes(name) && pinnedTag === tag);
  return byTag && !sha.startsWith(tag) ? said.pinnedImage(where, tag) : said.pin(where);
}

/** What came of it beside its rows: what it passes by, and what runs in its place where that was seen. */
function notes(deploy: Deploy, project: Project, words: Words): KnownBlock[] {
  const said = words.slack.deploy;
  const isPinned = (name: string) =>
    project.spec.environments.some(
      (each) => each.name === name && ![undefined, deploy.sha].includes(pinOf(each, project.status)?.sha),
    );
  const held = deploy.heldBack?.filter(isPinned) ?? [];
  const wasHeld = deploy.heldBack?.filter((name) => !isPinned(name)) ?? [];
  // Once a later one has come, what runs is not what ran while this one failed.
  const isLast = project.status.deploys.at(-1) === deploy;
  const runs = (isLast ? project.status.environments : []).flatMap(({ name, now }) =>
    now?.tag === undefined || !now.ready ? [] : [said.stillRuns(name, now.tag, now.ready, now.wanted ?? now.ready)],
  );
  const lines = [
    ...(held.length > 0 ? [said.heldBack(held)] : []),
    ...(wasHeld.length > 0 ? [said.wasHeldBack(wasHeld)] : []),
    ...(deploy.state === "failed" ? [[said.failed(deploy.tag), ...runs].join(" ")] : []),
  ];
  return [...lines.map((line) => context(escapeText(line, 600))), ...askedBy(deploy, project, words)];
}

/** Named by an edit alone, which pings nobody: who asked is looking. */
function askedBy(deploy: Deploy, { status }: Project, words: Words): KnownBlock[] {
  if (deploy.by === undefined || status.messages[deployKey(deploy)] === undefined) return [];
  return [context(insert(words.slack.pins.askedBy, person(deploy.by)))];
}
