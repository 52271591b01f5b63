import { isDeepStrictEqual } from "node:util";
import type { Project } from "../project/project.ts";
import type { Wish } from "../project/wish.ts";
import type { Controller } from "./controller.ts";
import { forgettableWishes } from "./forgettable-wishes.ts";
import { hearWishes } from "./hear-wishes.ts";
import { lookAnew } from "./look-anew.ts";
import { pinnedBy } from "./pinned-by.ts";

export interface Begun {
  /** As it stands in the API server, so that the next write is of the newest version. */
  stored: Project;
  /** With the wishes heard. */
  project: Project;
  /** What people asked for since the last pass and what leads somewhere, oldest first; kept for the timeline. */
  wishes: Wish[];
  retrying: boolean;
}

/** The Project with its wishes heard. */
export async function begin(found: Project, controller: Controller): Promise<Begun> {
  const stored = await tidy(found, controller);
  const { status, wishes } = hearWishes(stored);
  if (wishes.some(({ kind }) => kind === "cancel")) await stopBuild(stored, controller);
  const held = await hold(stored, wishes, controller);
  if (wishes.some(({ kind }) => kind === "check")) lookAnew(held, controller);
  const retrying = wishes.findLast(({ kind }) => kind !== "check")?.kind === "retry";
  return { stored: held, project: { ...held, status }, wishes, retrying };
}

/** Pins are part of what is wanted, where `kubectl` shows them and may change them. Before the wish counts as handled. */
async function hold(stored: Project, wishes: readonly Wish[], { ports }: Controller): Promise<Project> {
  const environments = pinnedBy(wishes, stored.spec.environments);
  const same = isDeepStrictEqual(environments, stored.spec.environments);
  return same ? stored : ports.projects.writeEnvironments(stored, environments);
}

/** Without the wishes that were heard long ago. */
async function tidy(project: Project, { ports }: Controller): Promise<Project> {
  const over = forgettableWishes(project);
  return over.length === 0 ? project : ports.projects.forgetWishes(project.metadata.name, over);
}

/** As well as may be: a build that runs on does no harm, but a wish that is not heard because GitHub is away does. */
async function stopBuild(project: Project, { ports, log }: Controller): Promise<void> {
  const running = project.status.builds.find(({ status }) => status !== "completed");
  if (!running) return;
  try {
    await ports.github.cancelRun({ owner: project.spec.owner, name: project.spec.repository }, running.id);
  } catch (error) {
    log.warn({ project: project.metadata.name, run: running.id, error }, "build not cancelled");
  }
}
