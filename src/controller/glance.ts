import { diagnose } from "../diagnosis/diagnose.ts";
import { observeAtAGlance } from "../diagnosis/observe-at-a-glance.ts";
import type { Project } from "../project/project.ts";
import { wishesOf } from "../project/wish.ts";
import type { Controller } from "./controller.ts";
import { isNew } from "./is-new.ts";
import { findingStatus } from "./merge-findings.ts";
import { withFresh } from "./with-fresh.ts";

/**
 * What the watch caches alone tell of a project that is live, told before its pass: that reads GitHub and the registry
 * first, and may wait for its turn. Nothing is written here: the pass that follows is the one writer of status, and begins
 * by writing down what was told. Says whether anything was.
 */
export async function glance(name: string, controller: Controller): Promise<boolean> {
  const { ports, settings, messenger, glanced } = controller;
  const readAt = ports.clock.now();
  const project = await ports.projects.get(name);
  if (!project || !rests(project)) return false;
  const rules = controller.rules.filter((rule) => rule.glance);
  const facts = await observeAtAGlance(project, settings, ports);
  const { findings } = diagnose(rules, { project, settings, facts });
  const { uid = name } = project.metadata;
  const fresh = findings
    // One that is to be made sure of first is the pass's.
    .filter((found) => found.confirm === undefined && isNew(found, project.status))
    .map(({ confirm: _, seenAt: __, ...found }) => findingStatus(found, undefined, facts.at))
    .filter((found) => !glanced.some((each) => each.uid === uid && isSame(each.finding, found)));
  if (fresh.length === 0) return false;
  glanced.push(...fresh.map((finding) => ({ project: name, uid, finding })));
  messenger.show(
    { ...project, status: { ...project.status, findings: withFresh(project.status.findings, fresh) } },
    readAt,
  );
  return true;
}

/** Neither under way, where rows and findings are told together, nor with a wish that nobody has heard yet. */
function rests(project: Project): boolean {
  const { status } = project;
  const isUnderWay = status.phase !== "Live" || status.deploys.some(({ state }) => state === "running");
  const isHeard = wishesOf(project).every(({ id }) => status.handled.includes(id));
  return project.metadata.deletionTimestamp === undefined && !isUnderWay && isHeard;
}

function isSame(a: { code: string; subject: string }, b: { code: string; subject: string }): boolean {
  return a.code === b.code && a.subject === b.subject;
}
