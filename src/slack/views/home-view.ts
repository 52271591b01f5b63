import type { HomeView, KnownBlock } from "@slack/types";
import { laterDeploys } from "../../project/later-deploys.ts";
import type { StoredProjects } from "../../project/ports/projects.ts";
import type { Deploy, Project } from "../../project/project.ts";
import type { Words } from "../../words/words.ts";
import { actions, button, context, header, linkable, section } from "./blocks.ts";
import { deployState } from "./deploy-state.ts";
import { escapeText, oneLine } from "./escape-text.ts";
import { findingWords } from "./finding-words.ts";
import { needsSomebody, projectLine, unreadableLine } from "./list-card.ts";
import { localDateTime, secondsBetween } from "./time.ts";

const SHOWN = { needs: 8, unreadable: 5, mine: 20, others: 15, deploys: 8 };

/** Whose it is, and the addresses of threads by project. */
export interface HomeReader {
  person: string;
  threads?: ReadonlyMap<string, string>;
}

/** What needs this person, their projects and states, recent deploys, and the way to the next launch. */
export function homeView(stored: StoredProjects, { person, threads }: HomeReader, words: Words, now: Date): HomeView {
  const { projects, unreadable } = stored;
  const { home, buttons } = words.slack;
  const byName = projects
    .filter(({ status }) => status.phase !== "Removed")
    .toSorted((a, b) => a.metadata.name.localeCompare(b.metadata.name));
  const mine = byName.filter((project) => project.spec.slack.requestedBy === person);
  const others = byName.filter((project) => project.spec.slack.requestedBy !== person);
  const needs = mine.filter(needsSomebody);
  return {
    type: "home",
    blocks: [
      section(escapeText(home.intro)),
      ...actions(button({ action: "open-create", text: buttons.create, style: "primary" })),
      ...(needs.length === 0
        ? []
        : [
            header(home.needsYou),
            ...needs.slice(0, SHOWN.needs).flatMap((each) => need(each, threads?.get(each.metadata.name), words)),
            ...more(needs, SHOWN.needs, words),
          ]),
      // Whose they are cannot be read either.
      ...(unreadable.length === 0
        ? []
        : [
            header(home.unreadable),
            ...lines(unreadable, SHOWN.unreadable, words, (each) => unreadableLine(each, words)),
          ]),
      header(home.mine),
      ...(mine.length === 0
        ? [section(escapeText(home.nothing))]
        : lines(mine, SHOWN.mine, words, (each) => projectLine(each, words, false))),
      ...(others.length === 0
        ? []
        : [header(home.others), ...lines(others, SHOWN.others, words, (each) => projectLine(each, words))]),
      ...recent(projects, words, now),
    ],
  };
}

function lines<Each>(all: Each[], most: number, words: Words, line: (each: Each) => string): KnownBlock[] {
  const shown = all.slice(0, most).map(line);
  const sections = Array.from({ length: Math.ceil(shown.length / 5) }, (_, index) =>
    section(shown.slice(index * 5, index * 5 + 5).join("\n")),
  );
  return [...sections, ...more(all, most, words)];
}

function more(all: unknown[], most: number, words: Words): KnownBlock[] {
  return all.length > most ? [context(escapeText(words.slack.home.more(all.length - most)))] : [];
}

/** A stopped launch with its way out; else its most pressing problem; and the way to its thread, where all of it is told. */
function need(project: Project, threadUrl: string | undefined, words: Words): KnownBlock[] {
  const { status, metadata } = project;
  const open =
    status.failure ?? status.findings.find((found) => found.recoveredAt === undefined && found.severity !== "wait");
  const title = status.phase === "Failed" ? words.slack.home.failed(metadata.name) : metadata.name;
  const why = open ? `\n${escapeText(findingWords(open, words).title, 300)}` : "";
  const text = `*${escapeText(title, 200)}*${why}`;
  const press = (action: "retry" | "undo") =>
    button({ action, text: words.slack.buttons[action], value: metadata.name });
  const thread = linkable(threadUrl);
  const site = status.phase === "Failed" ? undefined : linkable(status.url);
  return [
    section(text),
    ...actions(
      ...(status.phase === "Failed" ? [press("retry"), press("undo")] : []),
      thread ? button({ action: "open-thread", text: words.slack.buttons.openThread, url: thread }) : undefined,
      site ? button({ action: "open-site", text: words.slack.buttons.openSite, url: site }) : undefined,
    ),
  ];
}

function recent(projects: Project[], words: Words, now: Date): KnownBlock[] {
  const deploys = projects
    .filter(({ status }) => status.phase !== "Removing" && status.phase !== "Removed")
    .flatMap((project) => project.status.deploys.map((deploy) => ({ project, deploy })))
    // A month: what is older is in its channel.
    .filter(({ deploy }) => secondsBetween(deploy.startedAt, now) < 30 * 86_400)
    .toSorted((a, b) => b.deploy.startedAt.localeCompare(a.deploy.startedAt))
    .slice(0, SHOWN.deploys);
  if (deploys.length === 0) return [];
  const rows = deploys.map(({ project, deploy }) => deployLine(project, deploy, words));
  return [header(words.slack.home.recent), section(rows.join("\n"))];
}

function deployLine(project: Project, deploy: Deploy, words: Words): string {
  const first = !laterDeploys(project.status).includes(deploy);
  const title = first ? words.slack.home.firstLaunch : oneLine(deploy.title) || deploy.sha.slice(0, 7);
  const state =
    first && deploy.state !== "live" ? words.slack.phases[project.status.phase] : deployState(deploy, project, words);
  return [
    `*${escapeText(project.metadata.name, 80)}*`,
    escapeText(title, 100),
    state,
    localDateTime(deploy.startedAt),
  ].join(" · ");
}
