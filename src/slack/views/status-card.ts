import type { Project } from "../../project/project.ts";
import type { Words } from "../../words/words.ts";
import type { Reply } from "../call.ts";
import { actions, button, context, linkable, section } from "./blocks.ts";
import { escapeText } from "./escape-text.ts";
import { findingWords } from "./finding-words.ts";
import { launchRows } from "./launch-rows.ts";
import { launchTitle } from "./launch-title.ts";
import { rowSection } from "./stage-rows.ts";
import { localTime, secondsBetween } from "./time.ts";
import { titleLine } from "./title-line.ts";

const SHOWN = 8;

/** How a project stands at this moment, for one person's eyes: its stages and its open problems. */
export function statusCard(project: Project, words: Words, now: Date, threadUrl: string | undefined): Reply {
  const { slack } = words;
  const title = launchTitle(project, words, now);
  const { failure } = project.status;
  const lasting = project.status.findings.filter(
    (found) => found.recoveredAt === undefined && found.severity !== "wait",
  );
  // What stopped the launch is among them where a rule found it, and stands alone where a step did.
  const open = failure && !lasting.some((found) => found.code === failure.code) ? [failure, ...lasting] : lasting;
  const problems = open.slice(0, SHOWN).map((found) => {
    const since = slack.finding.still(found.count, slack.duration(secondsBetween(found.since, now)));
    return `${found.severity === "fail" ? "✖" : "⚠"}  *${escapeText(findingWords(found, words).title, 200)}* · ${escapeText(since)}`;
  });
  const thread = linkable(threadUrl);
  const going = project.status.phase === "Removing" || project.status.phase === "Removed";
  const site = going ? undefined : linkable(project.status.url);
  const repository = going ? undefined : linkable(project.status.repository?.url);
  return {
    text: escapeText(title.join(" · "), 400),
    blocks: [
      section(titleLine(title, project.status.url)),
      ...rowSection(launchRows(project, words)),
      ...(problems.length > 0 ? [section(problems.join("\n"))] : []),
      context(
        [
          ...(problems.length === 0 && !going ? [escapeText(slack.status.noFindings)] : []),
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
