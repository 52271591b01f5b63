import type { ClientView } from "../../src/sandbox/slack/client-api.ts";
import { until } from "../cluster/until.ts";
import type { Application } from "../team/application.ts";
import type { Read } from "../team/reading.ts";
import type { Team } from "../team/team.ts";
import { press } from "./press.ts";
import type { Scribe } from "./scribe.ts";
import { timeless } from "./timeless.ts";
import { viewLines } from "./view-lines.ts";

/** Of real time: longer than any build, rollout or back-off takes at the sandbox's pace. */
const PATIENCE_SECONDS = 180;
const PING = /<@([UW]\w+)>/g;

/** Of a team, so that one form is open at a time: another that opens takes its place. */
export function createScribes(team: Team): (app: Application, created: string) => Scribe {
  const { workspace } = team.sandbox.slack;
  const names = new Map(workspace.state().people.map(({ id, name }) => [id, name]));
  let forms: Promise<unknown> = Promise.resolve();

  function fills(open: () => Promise<void>, name: string, values: Record<string, string>): Promise<ClientView> {
    const filled = forms.then(async () => {
      const opened: ClientView[] = [];
      const end = workspace.events(workspace.you, (event) => {
        if (event.type === "view_opened") opened.push(event.view);
      });
      // Slack gives the app three seconds, which a machine that is shared may not have: then a person tries once more.
      for (let tries = 0; tries < 5 && opened.length === 0; tries += 1) {
        await open();
        await until(10, `a form for ${name}`, () => opened.length > 0).catch(() => undefined);
      }
      end();
      const [view] = opened;
      if (!view) throw new Error(`no form for ${name} has opened`);
      const { errors = {} } = await workspace.submit({ person: workspace.you, view_id: view.id, values });
      if (Object.keys(errors).length > 0) throw new Error(`the form was refused: ${JSON.stringify(errors)}`);
      return view;
    });
    forms = filled.catch(() => undefined);
    return filled;
  }

  return (app, created) => {
    const lines = [`#${app.name}`];
    const known = new Map<string, Read>();
    let answered = 0;
    const readable = (text: string) => text.replace(PING, (_, id: string) => `@${names.get(id) ?? id}`);
    const write = (indent: string, mark: string, text: string) =>
      readable(text)
        .split("\n")
        .forEach((line, index) => {
          lines.push(`${indent}${index === 0 ? mark : " ".repeat(mark.length)}${line}`.trimEnd());
        });
    const notes = (what: string) => lines.push("", what);
    const answers = () => {
      const all = team.reading.answers(app.channel);
      for (const answer of all.slice(answered)) write("  ", "(only Ada sees) ", answer);
      answered = all.length;
    };
    async function form(open: () => Promise<void>, values: Record<string, string>): Promise<void> {
      const view = await fills(open, app.name, values);
      write("  ", "(a form opens) ", viewLines(view).join("\n"));
      const typed = Object.values(values).map((value) => `types ${value} and `);
      notes(`Ada ${typed.join("")}presses [${view.submit?.text}]`);
    }

    /** What is new is told in full, and so is what reads otherwise; of a reply that is new the root is named. */
    function told(read: Read, indent: string): boolean {
      const before = known.get(read.ts);
      const seen = before?.versions.length ?? 0;
      known.set(read.ts, read);
      if (before && timeless(before.text) === timeless(read.text)) return false;
      const flaps = indent === "" ? flapsOf([...(before ? [before.text] : []), ...read.versions.slice(seen)]) : [];
      if (before && timeless(before.text) === timeless(read.text) && flaps.length === 0) return false;
      const called = before
        ? []
        : [...(read.versions[0] ?? "").matchAll(PING)].map(([, id = ""]) => names.get(id) ?? id);
      const remarks = [
        ...(flaps.length > 0 ? [`went to and fro: ${flaps.join(" → ")}`] : []),
        ...(read.isBroadcast && !before ? ["in the channel too"] : []),
        ...(called.length > 0 ? [`calls @${called.join(", @")}`] : []),
      ];
      if (remarks.length > 0) lines.push(`${indent}  (${remarks.join("; ")})`);
      write(`${indent}  `, before ? "✎ " : indent === "" ? "● " : "↳ ", read.text);
      return true;
    }

    const scribe: Scribe = {
      notes,
      async asks(verb) {
        notes(`Ada types: /project ${verb} ${app.name}`);
        await app.ask(verb);
        answers();
      },
      async presses(label) {
        notes(`Ada presses [${label}]`);
        await press(workspace, app.channel, label);
      },
      async pressesAndFills(label, values) {
        notes(`Ada presses [${label}]`);
        await form(() => press(workspace, app.channel, label), values);
      },
      async asksAndFills(verb, values) {
        const text = `/project ${verb} ${app.name}`;
        notes(`Ada types: ${text}`);
        await form(() => workspace.say({ person: workspace.you, channel: app.channel, text }), values);
      },
      async reads(what, seen) {
        await until(PATIENCE_SECONDS, `${what} in #${app.name}`, seen).catch((error: Error) => {
          throw new Error(`${error.message}; there is only:\n${app.text()}`);
        });
        await app.rest();
        answers();
        for (const { root, replies } of app.threads()) {
          const isNew = told(root, "");
          const at = lines.length;
          const news = replies.filter((reply) => told(reply, "  "));
          if (news.length > 0 && !isNew) lines.splice(at, 0, `  in the thread of “${titleOf(readable(root.text))}”`);
        }
      },
      page() {
        const written = lines.splice(0, lines.length, `#${app.name}, later`);
        return `${timeless(written.join("\n"))}\n`;
      },
    };
    notes(`Ada types: ${created}`);
    return scribe;
  };
}

/**
 * Where a card's title was left and came back, all that it said. What it passed through once is not told: under Slack's
 * limits the newest state takes the place of one that was never shown.
 */
function flapsOf(versions: readonly string[]): string[] {
  const titles = versions.map(titleOf).filter((title, at, all) => title !== all[at - 1]);
  return new Set(titles).size < titles.length ? titles : [];
}

/** What a card is called, without its clock: `rrr · launching`. */
function titleOf(text: string): string {
  const [first = ""] = text.split("\n");
  return first.replace(/ · (?:\d+:\d\d.*|about .*|in \d.*|after \d.*)$/, "");
}
