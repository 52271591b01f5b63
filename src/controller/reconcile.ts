import { diagnose } from "../diagnosis/diagnose.ts";
import { observe } from "../diagnosis/observe.ts";
import { siteOf } from "../facts/site-of.ts";
import { FINALIZER } from "../project/finalizer.ts";
import type { FindingStatus, Project } from "../project/project.ts";
import { act } from "./act.ts";
import { admit } from "./admit.ts";
import { begin } from "./begin.ts";
import type { Controller } from "./controller.ts";
import { isNew } from "./is-new.ts";
import { letGo } from "./let-go.ts";
import { lookAgainAt } from "./look-again-at.ts";
import { mergeFindings } from "./merge-findings.ts";
import { refuse } from "./refuse.ts";
import { remove } from "./remove.ts";
import { stoppedBefore } from "./stopped-before.ts";
import { summarize } from "./summarize.ts";
import { type Judged, withRefusals } from "./with-refusals.ts";
import { writeStatus } from "./write-status.ts";

/** Makes one project as its Project says: observe, act, judge, write status, thread. Says when to look again. */
export async function reconcile(name: string, controller: Controller): Promise<{ again?: Date }> {
  const { ports, settings, steps, rules, messenger } = controller;
  const found = await ports.projects.get(name);
  if (!found) return forget(name, controller);
  if (found.metadata.deletionTimestamp !== undefined) {
    ports.sites.watch(name, []);
    return letGo(found, controller);
  }
  const admitted = found.status.phase === "Requested" ? await admit(found, controller) : found;
  if (admitted.status.phase === "Refused") return refuse(admitted, controller);

  const noted = await noteGlanced(await held(admitted, controller), controller);
  const { stored, project, ...begun } = await begin(noted, controller);
  if (project.status.phase === "Removing" || project.status.phase === "Removed") {
    ports.sites.watch(name, []);
    return remove(stored, project.status, controller);
  }

  const facts = await observe(project, settings, ports, { absences: controller.absences });
  ports.sites.watch(
    name,
    facts.environments.flatMap((here) => siteOf(project, here, settings, here.site?.site) ?? []),
  );
  const diagnosis = diagnose(rules, { project, settings, facts });
  const sure = controller.confirmation.confirm(
    name,
    diagnosis.findings,
    project.status.findings.filter(isOpen),
    facts.at,
  );
  if (sure.stale) ports.sites.soon(name);
  const judged = { findings: sure.findings, unknown: diagnosis.unknown };
  const environments = facts.environments.map(({ environment }) => environment.name);
  const told = await tellFirst(stored, { ...judged, environments }, facts.at, controller);

  const template = controller.templates.find((each) => each.name === project.spec.template);
  const acts = project.status.phase !== "Cancelled" && project.status.phase !== "Kept";
  const context = { project, settings, facts, ports, template, retrying: begun.retrying };
  const acted = await act(acts ? steps : [], context, controller);
  const seen = { acted, facts, settings, ...withRefusals(judged, acted) };
  const status = summarize({ ...seen, steps, template, words: controller.words, begun });
  const written = await writeStatus(told, status, controller);

  messenger.show(written);
  return lookAgainAt(written, { acted, unsure: sure.again, environments: facts.environments, at: facts.at });
}

/** One that was made with kubectl, or by a version before, is deleted only once we know of it, from now on. */
async function held(found: Project, { ports }: Controller): Promise<Project> {
  return found.metadata.finalizers?.includes(FINALIZER) ? found : ports.projects.hold(found);
}

/** What a glance has told is written down before anything else: whoever leads next is to know of it, and to see its end. */
async function noteGlanced(found: Project, controller: Controller): Promise<Project> {
  const { uid } = found.metadata;
  if (!controller.glanced.some((each) => each.uid === uid)) return found;
  return writeStatus(found, found.status, controller);
}

/** What is newly wrong is told before anything is done about the project: a step may wait for somebody who does not answer. */
async function tellFirst(
  stored: Project,
  judged: Judged & { environments: readonly string[] },
  at: Date,
  controller: Controller,
): Promise<Project> {
  const { findings } = stored.status;
  const stopped = stoppedBefore(stored.status);
  if (!judged.findings.some((found) => isNew(found, stored.status))) return stored;
  const written = await writeStatus(
    stored,
    { ...stored.status, findings: mergeFindings(findings, judged, at, stopped) },
    controller,
  );
  controller.messenger.show(written);
  return written;
}

function isOpen({ recoveredAt }: FindingStatus): boolean {
  return recoveredAt === undefined;
}

/** What was told of a project that is gone has nowhere to be recorded. */
function forget(name: string, { delivered, glanced, confirmation, ports }: Controller): { again?: Date } {
  ports.sites.watch(name, []);
  confirmation.forget(name);
  for (const each of delivered.filter(({ project }) => project === name)) delivered.splice(delivered.indexOf(each), 1);
  for (const each of glanced.filter(({ project }) => project === name)) glanced.splice(glanced.indexOf(each), 1);
  return {};
}
