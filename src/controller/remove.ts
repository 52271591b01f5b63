import { identityOf } from "../facts/identity.ts";
import { isOurRepository } from "../project/our-repository.ts";
import { isOwnedBy } from "../project/ownership.ts";
import type { ObjectRef } from "../project/ports/cluster.ts";
import { Problem } from "../project/problem.ts";
import type { LedgerEntry, Project, ProjectStatus } from "../project/project.ts";
import { sameRepositoryName } from "../project/same-repository-name.ts";
import type { Controller } from "./controller.ts";
import { farewellUntil } from "./farewell-until.ts";
import { KINDS_MADE } from "./kinds-made.ts";
import { writeStatus } from "./write-status.ts";

/** Between two looks whether it was told, beside those that a message causes which was. */
const TOLD_AGAIN_MS = 15_000;
/**
 * Undo: what the ledger says this launch made, newest first, and nothing else. Each is looked at before it is removed;
 * what is of the same name but not ours stays. What takes time to go (a namespace) is waited for.
 */
export async function remove(
  stored: Project,
  status: ProjectStatus,
  controller: Controller,
): Promise<{ again?: Date }> {
  const { ports, messenger, log } = controller;
  const now = ports.clock.now();
  if (status.phase === "Removed") return leave(stored, status, controller);

  const ledger = [...status.ledger];
  let failure: ProjectStatus["failure"];
  for (const [index, entry] of [...ledger.entries()].reverse()) {
    if (entry.state === "removed") continue;
    try {
      if (!(await removed(entry, { ...stored, status }, controller))) break;
      ledger[index] = { ...entry, state: "removed", at: now.toISOString() };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      log.warn({ project: stored.metadata.name, entry, error }, "removal failed");
      failure = failureOf(error, entry, now);
      break;
    }
  }
  const over = ledger.every(({ state }) => state === "removed");
  const written = await writeStatus(
    stored,
    { ...status, ledger, failure, phase: over ? "Removed" : "Removing", findings: over ? [] : status.findings },
    controller,
  );
  messenger.show(written);
  return { again: new Date(now.getTime() + (failure ? 15_000 : 1_000)) };
}

/** Its object goes once the thread says so. Who wants its name before that gets it: src/cluster/projects.ts. */
async function leave(stored: Project, status: ProjectStatus, controller: Controller): Promise<{ again?: Date }> {
  const { ports, messenger } = controller;
  const written = await writeStatus(stored, status, controller);
  const now = ports.clock.now().getTime();
  if (!messenger.told(written)) messenger.show(written);
  if (!messenger.told(written) && now < farewellUntil(written, endOf(written)).getTime())
    return { again: new Date(now + TOLD_AGAIN_MS) };
  await ports.projects.delete(stored);
  return {};
}

function endOf({ status: { ledger } }: Project): Date {
  return new Date(Math.max(...ledger.map(({ at }) => Date.parse(at)), 0));
}

/** True once it is gone. */
async function removed(entry: LedgerEntry, project: Project, { ports }: Controller): Promise<boolean> {
  const { owner, repository: name } = project.spec;
  switch (entry.kind) {
    case "Webhook":
      // It goes with its repository, which stands before it in the ledger.
      return true;
    case "Repository": {
      const found = await ports.github.repository(owner, name);
      // One that was renamed or transferred since is not what somebody asked to have deleted.
      if (!found || !isOurRepository(project, found) || !sameRepositoryName(found, { owner, name })) return true;
      await ports.github.deletePackage(owner, name);
      await ports.github.deleteRepository({ owner, name });
      return true;
    }
    case "Secret":
      // The bot may not read Secrets. It goes by its uid; one whose making was not noted goes with its namespace.
      if (entry.id !== undefined) await ports.cluster.delete(refOf(entry), { uid: entry.id });
      return true;
    default: {
      const ref = refOf(entry);
      const found = await ports.cluster.get(ref);
      if (!found || !isOwnedBy(project, found)) return true;
      const { deleting, uid } = identityOf(found);
      if (!deleting) await ports.cluster.delete(ref, { uid });
      return (await ports.cluster.get(ref)) === undefined;
    }
  }
}

function refOf({ kind, name, namespace }: LedgerEntry): ObjectRef {
  const apiVersion = KINDS_MADE[kind];
  if (apiVersion === undefined)
    throw new Problem("ledger-unknown-kind", { params: { kind }, evidence: `nothing here removes a ${kind}` });
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

function failureOf(problem: Problem, entry: LedgerEntry, at: Date): ProjectStatus["failure"] {
  return {
    code: problem.code,
    subject: `${entry.kind}/${entry.name}`,
    severity: "fail",
    evidence: problem.evidence,
    seenFrom: "slipway",
    params: problem.params,
    remedies: ["undo"],
    since: at.toISOString(),
    lastSeen: at.toISOString(),
    count: 1,
  };
}
