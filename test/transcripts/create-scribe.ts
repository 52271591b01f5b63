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
const PATIENCE_SECONDS = 240;
const PING = /<@([UW]\w+)>/g;

/** Of a team, so that one form is open at a time: another that opens takes its place. */
export function createScribes(team: Team): (app: Application, created: string) => Scribe {
  const { workspace } = team.sandbox.slack;
  const names = new Map(workspace.state().people.map(({ id, name }) => [id, name]));
  let forms: Promise<unknown> = Promise.resolve();

  function fills(open: () => Promise<void>, name: string, values: Record<string, string>): Promise<string[]> {
    const filled = forms.then(async () => {
      const opened: ClientView[] = [];
      const end = workspace.events(workspace.you, (event) => {
        if (event.type === "view_opened") opened.push(event.view);
      });
      await open();
      await until(20, `a form for ${name}`, () => opened.length > 0);
      end();
      const [view] = opened;
      const { errors = {} } = await workspace.submit({ person: workspace.you, view_id: view?.id ?? "", values });
      if (Object.keys(errors).length > 0) throw new Error(`the form was refused: ${JSON.stringify(errors)}`);
      return view ? viewLines(view) : [];
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
    const form = (shown: string[]) => write("  ", "(a form opens) ", shown.join("\n"));

    /** What is new is told in full, and so is what reads otherwise; of a reply that is new the root is named. */
    function told(read: Read, indent: string): boolean {
      const before = known.get(read.ts);
      const seen = before?.versions.length ?? 0;
      known.set(read.ts, read);
      if (before && timeless(before.text) === timeless(read.text)) return false;
      const states = read.versions.slice(seen, -1).map(titleOf);
      const passed = states.filter((state, at) => state !== states[at - 1] && state !== titleOf(read.text));
      const called = before
        ? []
        : [...(read.versions[0] ?? "").matchAll(PING)].map(([, id = ""]) => names.get(id) ?? id);
      const remarks = [
        ...(passed.length > 0 && indent === "" ? [`before: ${passed.join(" → ")}`] : []),
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
        form(await fills(() => press(workspace, app.channel, label), app.name, values));
        notes(`Ada submits it`);
      },
      async asksAndFills(verb, values) {
        const text = `/project ${verb} ${app.name}`;
        notes(`Ada types: ${text}`);
        const say = () => workspace.say({ person: workspace.you, channel: app.channel, text });
        form(await fills(say, app.name, values));
        notes(`Ada submits it`);
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
      transcript: () => `${timeless(lines.join("\n"))}\n`,
    };
    notes(`Ada types: ${created}`);
    return scribe;
  };
}

/** What a card is called, without its clock: `rrr · launching`. */
function titleOf(text: string): string {
  const [first = ""] = text.split("\n");
  return first.replace(/ · (?:\d+:\d\d.*|about .*|in \d.*|after \d.*)$/, "");
}
