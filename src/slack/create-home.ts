import type { WebClient } from "@slack/web-api";
import type { Projects } from "../project/ports/projects.ts";
import type { Project } from "../project/project.ts";
import type { Words } from "../words/words.ts";
import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";
import { homeView } from "./views/home-view.ts";
import { needsSomebody } from "./views/list-card.ts";

/** Slack says when somebody opens the tab, and not when they leave it: https://docs.slack.dev/reference/events/app_home_opened */
const LOOKED_AT_MS = 600_000;
/** Who looked last; far more than look at the same time. */
const VIEWERS = 50;
const BETWEEN_MS = 3_000;

export interface Home {
  /** Rejects where the projects cannot be listed, or Slack does not take it. */
  opened(person: string): Promise<void>;
  /** Something about a project is other than it was: who has the tab open sees it, some seconds later. */
  changed(): void;
  stop(): void;
}

/** App Home of everybody: as things are when it is opened, and for as long as it may be open. */
export function createHome(options: {
  client: WebClient;
  projects: Projects;
  permalink: (channel: string, ts: string) => Promise<string | undefined>;
  words: Words;
  clock: Clock;
  log: Log;
}): Home {
  const { client, projects, words, clock, log } = options;
  /** By who looks. */
  const viewers = new Map<string, { since: number; shown: string }>();
  let planned: NodeJS.Timeout | undefined;

  async function publish(people: string[]): Promise<void> {
    const stored = await projects.list();
    const threads = await threadsOf(stored.projects);
    for (const person of people) {
      const view = homeView(stored, { person, threads }, words, clock.now());
      const shown = JSON.stringify(view);
      const viewer = viewers.get(person);
      if (viewer?.shown === shown) continue;
      await client.views.publish({ user_id: person, view });
      if (viewer) viewer.shown = shown;
    }
  }

  async function threadsOf(all: readonly Project[]): Promise<Map<string, string>> {
    const found = await Promise.all(
      all.filter(needsSomebody).map(async ({ metadata: { name }, status }) => {
        const root = status.messages.launch;
        const url = root && (await options.permalink(root.channel, root.ts));
        return url === undefined ? [] : [[name, url] as const];
      }),
    );
    return new Map(found.flat());
  }

  function watched(): string[] {
    const limit = clock.now().getTime() - LOOKED_AT_MS;
    for (const [person, { since }] of viewers) if (since < limit) viewers.delete(person);
    return [...viewers.keys()];
  }

  return {
    async opened(person) {
      viewers.delete(person);
      viewers.set(person, { since: clock.now().getTime(), shown: "" });
      for (const oldest of viewers.keys()) if (viewers.size > VIEWERS) viewers.delete(oldest);
      await publish([person]);
    },
    changed() {
      if (planned || viewers.size === 0) return;
      planned = setTimeout(() => {
        planned = undefined;
        publish(watched()).catch((error: unknown) => log.warn({ err: error }, "App Home was not brought up to date"));
      }, BETWEEN_MS);
    },
    stop: () => clearTimeout(planned),
  };
}
