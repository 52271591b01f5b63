import { diagnose } from "../diagnosis/diagnose.ts";
import { observe } from "../diagnosis/observe.ts";
import type { FindingStatus } from "../project/project.ts";
import { act } from "./act.ts";
import { begin } from "./begin.ts";
import type { Controller } from "./controller.ts";
import { lookAgainAt } from "./look-again-at.ts";
import { remove } from "./remove.ts";
import { summarize } from "./summarize.ts";
import { withRefusals } from "./with-refusals.ts";
import { writeStatus } from "./write-status.ts";

/** Makes one project as its Project says: observe, act, judge, write status, thread. Says when to look again. */
export async function reconcile(name: string, controller: Controller): Promise<{ again?: Date }> {
  const { ports, settings, steps, rules, messenger, log } = controller;
  const found = await ports.projects.get(name);
  if (!found) return forget(name, controller);

  const { stored, project, ...begun } = await begin(found, controller);
  if (project.status.phase === "Removing" || project.status.phase === "Removed")
    return remove(stored, project.status, controller);

  const facts = await observe(project, settings, ports);
  const template = controller.templates.find((each) => each.name === project.spec.template);
  const acts = project.status.phase !== "Cancelled" && project.status.phase !== "Kept";
  const context = { project, settings, facts, ports, template, retrying: begun.retrying };
  const acted = await act(acts ? steps : [], context, log);
  const { findings, unknown } = withRefusals(diagnose(rules, { project: acted.project, settings, facts }), acted);
  const sure = controller.confirmation.confirm(name, findings, project.status.findings.filter(isOpen), facts.at);
  const seen = { acted, facts, settings, findings: sure.findings, unknown };
  const status = summarize({ ...seen, steps, template, words: controller.words, begun });
  const written = await writeStatus(stored, status, controller);

  messenger.show(written);
  return lookAgainAt(written, acted, sure.again, facts.at);
}

function isOpen({ recoveredAt }: FindingStatus): boolean {
  return recoveredAt === undefined;
}

/** What was told of a project that is gone has nowhere to be recorded. */
function forget(name: string, { delivered, confirmation }: Controller): { again?: Date } {
  confirmation.forget(name);
  for (const each of delivered.filter(({ project }) => project === name)) delivered.splice(delivered.indexOf(each), 1);
  return {};
}
