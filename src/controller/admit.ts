import { lastWish } from "../project/last-wish.ts";
import type { LedgerEntry, Project } from "../project/project.ts";
import { lookAhead } from "../steps/look-ahead.ts";
import type { Controller } from "./controller.ts";
import { writeStatus } from "./write-status.ts";

/** Nobody waits longer for what the first step looks at once more. */
const LOOK_MS = 4_000;

/**
 * The first look at a Project. It is launched from here on, unless something stands in its way and somebody in Slack waits
 * for the answer: then it is refused. One that came by kubectl is nobody's question; its first step says what is in its way.
 */
export async function admit(found: Project, controller: Controller): Promise<Project> {
  const { ports, settings, templates, messenger } = controller;
  const { metadata, spec, status } = found;
  const template = templates.find(({ name }) => name === spec.template);
  const patience = LOOK_MS;
  const lines = await lookAhead({ name: metadata.name, spec, settings, ports, template, project: found, patience });
  const at = ports.clock.now().toISOString();
  const preflight = { at, lines };
  const isInTheWay = lines.some(({ state }) => state === "failed");
  if (isInTheWay && lastWish(found, "create"))
    return writeStatus(found, { ...status, phase: "Refused", preflight }, controller);
  const launch = { ...status.launch, startedAt: at };
  const ledger = intended(found, at, controller);
  const launching = await writeStatus(found, { ...status, phase: "Launching", preflight, launch, ledger }, controller);
  messenger.show(launching);
  return launching;
}

/** The ledger's first writing: what this launch is going to make, and since when it may be ours. Before anything is made. */
function intended({ metadata: { name }, spec }: Project, at: string, { steps, settings }: Controller): LedgerEntry[] {
  return steps
    .flatMap((step) => step.plan?.({ name, spec, settings }) ?? [])
    .map(({ kind, name: of, namespace }) => ({
      kind,
      name: of,
      ...(namespace === undefined ? {} : { namespace }),
      state: "intended",
      at,
    }));
}
