import { diagnose } from "../diagnosis/diagnose.ts";
import { observe } from "../diagnosis/observe.ts";
import { act } from "./act.ts";
import { begin } from "./begin.ts";
import type { Controller } from "./controller.ts";
import { lookAgainAt } from "./look-again-at.ts";
import { remove } from "./remove.ts";
import { summarize } from "./summarize.ts";
import { writeStatus } from "./write-status.ts";

/** Makes one project as its Project says: observe, act, judge, write status, thread. Says when to look again. */
export async function reconcile(name: string, controller: Controller): Promise<{ again?: Date }> {
  const { ports, settings, steps, rules, messenger, log } = controller;
  const found = await ports.projects.get(name);
  if (!found) return forget(name, controller);

  const { stored, project, move, retrying } = await begin(found, controller);
  if (project.status.phase === "Removing" || project.status.phase === "Removed")
    return remove(stored, project.status, controller);

  const snapshot = await observe(project, settings, ports);
  const template = controller.templates.find((each) => each.name === project.spec.template);
  const acts = project.status.phase !== "Cancelled" && project.status.phase !== "Kept";
  const acted = await act(acts ? steps : [], { project, settings, snapshot, ports, template, retrying }, log);
  const diagnosis = diagnose(rules, acted.project, snapshot);
  const status = summarize({ acted, diagnosis, snapshot, steps, template, words: controller.words, move });
  const written = await writeStatus(stored, status, controller);

  messenger.show(written);
  return lookAgainAt(written, acted, snapshot.at);
}

/** What was told of a project that is gone has nowhere to be recorded. */
function forget(name: string, { delivered }: Controller): { again?: Date } {
  for (const each of delivered.filter(({ project }) => project === name)) delivered.splice(delivered.indexOf(each), 1);
  return {};
}
