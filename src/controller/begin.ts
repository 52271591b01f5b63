import { isDeepStrictEqual } from "node:util";
import type { Project } from "../project/project.ts";
import type { Wish } from "../project/wish.ts";
import type { Controller } from "./controller.ts";
import { forgettableWishes } from "./forgettable-wishes.ts";
import { hearWishes } from "./hear-wishes.ts";
import { pinnedBy } from "./pinned-by.ts";
import { writeStatus } from "./write-status.ts";

export interface Begun {
  /** As it stands in the API server, so that the next write is of the newest version. */
  stored: Project;
  /** With the wishes heard. */
  project: Project;
  /** What people asked for since the last pass and what leads somewhere, oldest first; kept for the timeline. */
  wishes: Wish[];
  retrying: boolean;
}

/** The Project with its wishes heard; at its very first sight what will be made is written down before anything is. */
export async function begin(found: Project, controller: Controller): Promise<Begun> {
  const stored = await tidy(
    found.status.launch.startedAt === undefined ? await intend(found, controller) : found,
    controller,
  );
  const { status, wishes } = hearWishes(stored);
  if (wishes.some(({ kind }) => kind === "cancel")) await stopBuild(stored, controller);
  const held = await hold(stored, wishes, controller);
  return { stored: held, project: { ...held, status }, wishes, retrying: wishes.at(-1)?.kind === "retry" };
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

/** The ledger's first writing: what this launch is going to make, and since when it may be ours. */
async function intend(project: Project, controller: Controller): Promise<Project> {
  const at = controller.ports.clock.now().toISOString();
  const { name } = project.metadata;
  const planned = controller.steps.flatMap(
    (step) => step.plan?.({ name, spec: project.spec, settings: controller.settings }) ?? [],
  );
  const ledger = planned.map(({ kind, name: of, namespace }) => ({
    kind,
    name: of,
    ...(namespace === undefined ? {} : { namespace }),
    state: "intended" as const,
    at,
  }));
  return writeStatus(
    project,
    { ...project.status, launch: { ...project.status.launch, startedAt: at }, ledger },
    controller,
  );
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
