import type { WebClient } from "@slack/web-api";
import type { SlackProblemCode } from "../project/ports/slack.ts";
import type { Project } from "../project/project.ts";
import type { Words } from "../words/words.ts";
import type { Reply } from "./call.ts";
import type { Log } from "./log.ts";
import { section } from "./views/blocks.ts";
import { escapeText } from "./views/escape-text.ts";
import { insert } from "./views/insert.ts";

/** Tells a person what cannot be told in the channel, once a project and cause. */
export interface Notices {
  /** An answer to this person is possible for a while (a response_url lives 30 minutes, five uses). */
  remember(project: string, reply: (reply: Reply) => Promise<void>): void;
  /** The person knows already. */
  told(project: Project, code: SlackProblemCode): void;
  tell(project: Project, code: SlackProblemCode, detail: string): void;
}

export function createNotices(options: { client: WebClient; words: Words; log: Log }): Notices {
  const { client, words, log } = options;
  const replies = new Map<string, (reply: Reply) => Promise<void>>();
  const said = new Set<string>();

  async function send(project: Project, code: SlackProblemCode, detail: string): Promise<void> {
    const { name } = project.metadata;
    const said = words.slack.problems[code];
    const { channel, requestedBy } = project.spec.slack;
    const text =
      code === "slack-scope-missing"
        ? escapeText(said(name, detail))
        : insert((blank) => said(name, blank), `<#${channel}>`);
    const reply = { text, blocks: [section(text)] };
    const near = replies.get(name);
    if (near) {
      const done = await near(reply).then(
        () => true,
        () => false,
      );
      replies.delete(name);
      if (done) return;
    }
    const { channel: direct } = await client.conversations.open({ users: requestedBy });
    if (direct?.id !== undefined) await client.chat.postMessage({ channel: direct.id, ...reply, unfurl_links: false });
  }

  return {
    remember: (project, reply) => {
      replies.set(project, reply);
      // The oldest are beyond their 30 minutes long before.
      for (const oldest of replies.keys()) if (replies.size > 1000) replies.delete(oldest);
    },
    told: (project, code) => void said.add(markOf(project, code)),
    tell: (project, code, detail) => {
      const mark = markOf(project, code);
      // Slack cannot be used to say that Slack does not answer.
      if (said.has(mark) || code === "slack-unreachable" || code === "slack-token-invalid") return;
      said.add(mark);
      send(project, code, detail).catch((error: unknown) => {
        log.warn({ err: error, project: project.metadata.name, code }, "the person could not be told");
      });
    },
  };
}

function markOf(project: Project, code: SlackProblemCode): string {
  return `${project.metadata.uid ?? project.metadata.name} ${code}`;
}
