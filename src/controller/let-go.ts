import { identityOf } from "../facts/identity.ts";
import { FINALIZER } from "../project/finalizer.ts";
import { Problem } from "../project/problem.ts";
import type { Project } from "../project/project.ts";
import type { Controller } from "./controller.ts";
import { farewellUntil } from "./farewell-until.ts";
import { remove } from "./remove.ts";
import { writeStatus } from "./write-status.ts";

const AGAIN_MS = 5_000;
/** Nothing but a person's wish in Slack deletes what a team has written. */
const STAYS = ["Repository", "Webhook"];
const CRD = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  name: "projects.slipway.dev",
};

/**
 * Somebody has deleted the Project with kubectl. What was made for it stays, unless its `deletionPolicy` says otherwise, and
 * the thread says so. Where the definition of Projects or Slipway's own namespace is being deleted nothing is removed,
 * whatever the policy says: that is somebody who does away with Slipway, not with every application.
 */
export async function letGo(stored: Project, controller: Controller): Promise<{ again?: Date }> {
  const { ports, messenger } = controller;
  const { finalizers = [], deletionTimestamp = "" } = stored.metadata;
  if (!finalizers.includes(FINALIZER)) return {};
  const { status, spec } = stored;
  const isRemoved = status.phase === "Removing" || status.phase === "Removed";
  const removes = isRemoved || spec.deletionPolicy === "Delete";
  const going = await isGoing(removes, controller);
  if (removes && !going)
    return remove(
      stored,
      isRemoved
        ? status
        : { ...status, phase: "Removing", ledger: status.ledger.filter(({ kind }) => !STAYS.includes(kind)) },
      controller,
    );
  const written = await writeStatus(stored, status, controller);
  if (!messenger.told(written)) messenger.show(written);
  const now = ports.clock.now().getTime();
  const until = farewellUntil(written, new Date(deletionTimestamp), going);
  if (!messenger.told(written) && now < until.getTime()) return { again: new Date(now + AGAIN_MS) };
  await ports.projects.delete(stored);
  return {};
}

/** Is Slipway itself being removed? Where that cannot be read nothing is removed: rejects if it would be. */
async function isGoing(removes: boolean, { ports, settings }: Controller): Promise<boolean> {
  try {
    const namespace = { apiVersion: "v1", kind: "Namespace", name: settings.namespace };
    const found = await Promise.all([CRD, namespace].map((ref) => ports.cluster.get(ref)));
    return found.some((each) => each && identityOf(each).deleting);
  } catch (error) {
    if (removes || !(error instanceof Problem)) throw error;
    return false;
  }
}
