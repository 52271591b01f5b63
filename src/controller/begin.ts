import type { IntentKind, Phase, Project } from "../project/project.ts";
import { vainDeploy } from "../project/vain-deploy.ts";
import type { Controller } from "./controller.ts";
import { writeStatus } from "./write-status.ts";

export interface Begun {
  /** As it stands in the API server, so that the next write is of the newest version. */
  stored: Project;
  /** With the wishes heard. */
  project: Project;
  /** What a person asked for since the last pass, newest decision last; kept for the timeline. */
  move: { kind: IntentKind; by: string } | undefined;
  retrying: boolean;
}

/** From which phases a wish leads where. What leads nowhere is marked handled and changes nothing. */
const MOVES: Record<IntentKind, { from: readonly Phase[]; to: Phase }> = {
  retry: { from: ["Failed", "Cancelled", "Kept"], to: "Launching" },
  cancel: { from: ["Launching"], to: "Cancelled" },
  keep: { from: ["Failed", "Cancelled"], to: "Kept" },
  undo: { from: ["Launching", "Failed", "Cancelled", "Kept"], to: "Removing" },
  remove: { from: ["Launching", "Live", "Failed", "Cancelled", "Kept"], to: "Removing" },
};

/** The Project with its wishes heard; at its very first sight what will be made is written down before anything is. */
export async function begin(found: Project, controller: Controller): Promise<Begun> {
  const stored = found.status.launch.startedAt === undefined ? await intend(found, controller) : found;
  let { status } = stored;
  let move: Begun["move"];
  let retrying = false;
  const wishes = Object.entries(stored.spec.intents)
    .flatMap(([kind, intent]) =>
      intent && !status.handled.includes(intent.id) ? [{ kind: kind as IntentKind, intent }] : [],
    )
    .sort((a, b) => a.intent.at.localeCompare(b.intent.at));
  for (const { kind, intent } of wishes) {
    const { from, to } = MOVES[kind];
    status = { ...status, handled: [...status.handled, intent.id].slice(-50) };
    // A live project whose last deploy came to nothing can be tried again too, without going back to launching.
    const again = kind === "retry" && status.phase === "Live" && vainDeploy(status) !== undefined;
    if (!from.includes(status.phase) && !again) continue;
    move = { kind, by: intent.by };
    retrying = kind === "retry";
    if (kind === "cancel") await stopBuild(stored, controller);
    if (!again) status = { ...status, phase: to, failure: undefined };
  }
  return { stored, project: { ...stored, status }, move, retrying };
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
