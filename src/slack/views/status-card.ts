import type { KnownBlock } from "@slack/types";
import { laterDeploys } from "../../project/later-deploys.ts";
import type { Project } from "../../project/project.ts";
import type { Words } from "../../words/words.ts";
import type { Reply } from "../call.ts";
import { actions, button, context, linkable, section } from "./blocks.ts";
import { deployState } from "./deploy-state.ts";
import { environmentLine } from "./environment-line.ts";
import { errorAnswered } from "./error-answered.ts";
import { escapeText, oneLine } from "./escape-text.ts";
import { findingWords } from "./finding-words.ts";
import { launchRows } from "./launch-rows.ts";
import { launchTitle } from "./launch-title.ts";
import { liveTitle } from "./live-title.ts";
import { rowSection } from "./stage-rows.ts";
import { localDateTime, localTime, secondsBetween } from "./time.ts";
import { titleLine } from "./title-line.ts";

const SHOWN = 8;

/** How a project stands at this moment, for one person's eyes: each environment as it is, and what is wrong. */
export function statusCard(project: Project, words: Words, now: Date, threadUrl: string | undefined): Reply {
  const { slack } = words;
  const { failure, phase, findings } = project.status;
  const title = phase === "Live" ? liveTitle(project, words) : launchTitle(project, words, now);
  const lasting = findings.filter((found) => found.recoveredAt === undefined && found.severity !== "wait");
  // What stopped the launch is among them where it was found anew, and stands alone where it was not.
  const open = failure && !lasting.some((found) => found.code === failure.code) ? [failure, ...lasting] : lasting;
  const problems = open.slice(0, SHOWN).map((found) => {
    const since = slack.finding.still(found.count, slack.duration(secondsBetween(found.since, now)));
    return `${found.severity === "fail" ? "✖" : "⚠"}  *${escapeText(findingWords(found, words).title, 200)}* · ${escapeText(since)}`;
  });
  const thread = linkable(threadUrl);
  const going = phase === "Removing" || phase === "Removed";
  const site = going ? undefined : linkable(project.status.url);
  const repository = going ? undefined : linkable(project.status.repository?.url);
  return {
    text: escapeText(title.join(" · "), 400),
    blocks: [
      section(titleLine(title, project.status.url)),
      ...(phase === "Live" ? living(project, words) : rowSection(launchRows(project, words, now))),
      ...(problems.length > 0 ? [section(problems.join("\n"))] : []),
      context(
        [
          ...(problems.length === 0 && isWell(project) ? [escapeText(slack.status.noFindings)] : []),
          `${escapeText(slack.status.asOf)} ${localTime(now)}`,
        ].join(" · "),
      ),
      ...actions(
        site ? button({ action: "open-site", text: slack.buttons.openSite, url: site }) : undefined,
        thread ? button({ action: "open-thread", text: slack.buttons.openThread, url: thread }) : undefined,
        repository
          ? button({ action: "open-repository", text: slack.buttons.openRepository, url: repository })
          : undefined,
      ),
    ],
  };
}

/** What was true at its launch is history: the environments as they are, and what went there last. */
function living(project: Project, words: Words): KnownBlock[] {
  const { status } = words.slack;
  const lines = project.spec.environments.map((each) => environmentLine(each, project, words));
  const last = laterDeploys(project.status).at(-1);
  const deploy = last && [
    `*${escapeText(status.lastDeploy)}* ${escapeText(oneLine(last.title) || last.tag, 200)}`,
    `\`${escapeText(last.sha.slice(0, 7), 20)}\``,
    escapeText(deployState(last, project, words)),
    localDateTime(last.startedAt),
  ];
  return [section([...lines, ...(deploy ? [deploy.join(" · ")] : [])].join("\n"))];
}

/** Said only of what was looked at and found so. */
function isWell({ status, spec }: Project): boolean {
  return (
    status.phase === "Live" &&
    spec.environments.every(({ name }) => {
      const { now } = status.environments.find((each) => each.name === name) ?? {};
      const { answer, ready, wanted, unseenSince } = now ?? {};
      return (
        unseenSince === undefined &&
        answer?.status !== undefined &&
        errorAnswered(now) === undefined &&
        ready !== undefined &&
        ready === wanted &&
        ready > 0
      );
    })
  );
}
