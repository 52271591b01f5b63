import { rm } from "node:fs/promises";
import { gitDirectory } from "../git/git-directory.ts";
import { announceRepository } from "../webhooks/announce-repository.ts";
import { noContent } from "./answer.ts";
import { refuse } from "./refuse.ts";
import type { Call } from "./route.ts";

/** DELETE of a repository, with its hooks, workflows and runs. */
export async function removeRepository(call: Call) {
  const { hub } = call;
  const repository = call.repository();
  if (call.principal.kind === "user" && !call.principal.scopes.includes("delete_repo")) {
    refuse(403, "Must have admin rights to Repository.");
  }
  announceRepository(hub, repository, "deleted");
  const { state } = hub;
  state.repositories = state.repositories.filter((one) => one !== repository);
  state.formerNames = state.formerNames.filter((one) => one.repositoryId !== repository.id);
  state.hooks = state.hooks.filter((hook) => hook.repositoryId !== repository.id);
  state.environments = state.environments.filter((one) => one.repositoryId !== repository.id);
  state.workflows = state.workflows.filter((workflow) => workflow.repositoryId !== repository.id);
  for (const run of state.runs) if (run.repositoryId === repository.id) hub.actions.cancel(run);
  const runs = new Set(state.runs.filter((run) => run.repositoryId === repository.id).map((run) => run.id));
  state.runs = state.runs.filter((run) => !runs.has(run.id));
  state.jobs = state.jobs.filter((job) => !runs.has(job.runId));
  // Packages of ghcr.io outlive their repository; they only lose the link.
  for (const one of state.packages) if (one.repositoryId === repository.id) one.repositoryId = null;
  await rm(gitDirectory(hub, repository), { recursive: true, force: true });
  return noContent();
}
