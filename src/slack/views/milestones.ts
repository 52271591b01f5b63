import type { Project, StageStatus } from "../../project/project.ts";
import { reasonSaid } from "../../words/reason-said.ts";
import type { Words } from "../../words/words.ts";
import { code, link, section } from "./blocks.ts";
import { escapeText, oneLine } from "./escape-text.ts";
import { type Rendered, rendered } from "./rendered.ts";
import { shares } from "./shares.ts";
import { secondsBetween } from "./time.ts";

export interface Milestone {
  key: string;
  since: string;
  message: Rendered;
}

/** What a launch has reached so far, each told once. */
export function milestones(project: Project, words: Words): Milestone[] {
  const { status, spec } = project;
  const said = words.slack.milestones;
  const stage = (name: StageStatus["stage"]) => whole(status.stages.filter((each) => each.stage === name));
  const told: Milestone[] = [];
  const tell = (key: string, since: string | undefined, message: Rendered) => {
    if (since !== undefined) told.push({ key: `milestone/${key}`, since, message });
  };

  const repository = stage("repository");
  if (repository && status.repository) {
    const full = `${spec.owner}/${spec.repository}`;
    const text = escapeText(said.repository(full, spec.template), 400);
    const linked = linkIn(text, full, status.repository.url);
    tell("repository", repository.finishedAt, rendered(text, [section(linked)]));
  }

  const build = stage("build");
  if (build) {
    const text = escapeText(said.image(took(build, words)));
    const reason = reasonSaid(build.reason, build.params, words) ?? "";
    tell(
      "image",
      build.finishedAt,
      rendered(text, [section(reason === "" ? text : `${text}\n\`${backtick(reason)}\``)]),
    );
  }

  const rollout = stage("rollout");
  if (rollout) {
    const after =
      build?.finishedAt && rollout.finishedAt && rollout.finishedAt > build.finishedAt
        ? words.slack.duration(secondsBetween(build.finishedAt, rollout.finishedAt))
        : undefined;
    const text = escapeText(said.running(after));
    tell("running", rollout.finishedAt, rendered(text, [section(text)]));
  }

  if (status.phase === "Live") tell("live", status.launch.finishedAt, live(project, words));
  return told;
}

/** Of several environments the one that was last, once all are done. */
function whole(rows: StageStatus[]): StageStatus | undefined {
  if (!rows.every(({ state }) => state === "done")) return undefined;
  return rows.toSorted((a, b) => (a.finishedAt ?? "").localeCompare(b.finishedAt ?? "")).at(-1);
}

function live(project: Project, words: Words): Rendered {
  const { status } = project;
  const said = words.slack.milestones;
  const { startedAt, finishedAt } = status.launch;
  const time = startedAt && finishedAt ? words.slack.duration(secondsBetween(startedAt, finishedAt)) : undefined;
  const address = status.url ?? project.metadata.name;
  const text = escapeText(said.live(project.metadata.name, address, time), 400);
  const linked = `✔  *${linkIn(text, address, status.url)}*`;
  const slowest = shares(status)
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, 3)
    .map(({ stage, seconds }) => ({
      stage: words.slack.stages[stage].toLowerCase(),
      time: words.slack.duration(seconds),
    }));
  // One that was added since is no part of what is told here.
  const launched = status.stages.map(({ environment }) => environment);
  const places = status.environments.flatMap(({ name, url }) =>
    url === undefined || !launched.includes(name)
      ? []
      : [linkIn(escapeText(said.environment(name, url), 400), url, url)],
  );
  const details = [said.took(slowest), said.firstSteps].filter((part) => part !== "");
  return rendered(text, [
    section([linked, ...(places.length > 1 ? places : []), ...details.map((part) => escapeText(part))].join("\n")),
    ...(status.repository ? [code(commands(project))] : []),
  ]);
}

function commands(project: Project): string {
  const { repository } = project.status;
  return [
    cloning(project),
    `cd ${project.spec.repository}`,
    `git commit --allow-empty -m "Try a deploy" && git push origin ${repository?.defaultBranch ?? "main"}`,
  ].join("\n");
}

/**
 * GitHub takes no password from git, so that a private repository is cloned by its CLI, which signs people in and speaks
 * HTTPS alone. https://cli.github.com/manual/gh_repo_clone
 */
function cloning({ spec, status }: Project): string {
  const { cloneUrl = "" } = status.repository ?? {};
  const server = URL.parse(cloneUrl);
  if (spec.visibility === "public" || server?.protocol !== "https:" || server.port !== "")
    return `git clone ${cloneUrl}`;
  const host = server.hostname === "github.com" ? "" : `${server.hostname}/`;
  return `gh repo clone ${host}${spec.owner}/${spec.repository}`;
}

function took(stage: StageStatus, words: Words): string | undefined {
  if (!stage.startedAt || !stage.finishedAt) return undefined;
  return words.slack.duration(secondsBetween(stage.startedAt, stage.finishedAt));
}

/** A backtick would end the code. */
function backtick(text: string): string {
  return escapeText(oneLine(text).replaceAll("`", "'"), 300);
}

/** Makes `part` of a sentence that is escaped already a link. */
function linkIn(sentence: string, part: string, url: string | undefined): string {
  const found = escapeText(part);
  return sentence.replace(found, () => link(url, found));
}
