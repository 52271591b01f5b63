import { isDeepStrictEqual } from "node:util";
import { keptMessages } from "../project/kept-messages.ts";
import type { Project, ProjectStatus } from "../project/project.ts";
import type { Controller } from "./controller.ts";
import { withFresh } from "./with-fresh.ts";

/**
 * The one place that writes status, with what the messenger has posted and a glance has found meanwhile. Nothing new: nothing written, so
 * that a pass that finds the world in order causes no further pass.
 */
export async function writeStatus(
  project: Project,
  wanted: ProjectStatus,
  { ports, delivered, glanced }: Controller,
): Promise<Project> {
  const { name, uid = name } = project.metadata;
  const named = delivered.filter((each) => each.project === name);
  // What was told of an earlier one of this name has nowhere to be recorded.
  const mine = named.filter((each) => each.uid === uid);
  const at = ports.clock.now().toISOString();
  let status: ProjectStatus = { ...wanted, observedGeneration: project.metadata.generation };
  for (const each of mine) {
    if ("record" in each)
      status = { ...status, slack: undefined, messages: { ...status.messages, [each.key]: each.record } };
    else
      status = { ...status, slack: each.problem && { problem: each.problem.code, since: status.slack?.since ?? at } };
  }
  const found = glanced.filter((each) => each.project === name);
  const fresh = found.filter((each) => each.uid === uid).map(({ finding }) => finding);
  status = { ...status, findings: withFresh(status.findings, fresh) };
  status = { ...status, messages: keptMessages(status.messages, status) };
  const same = isDeepStrictEqual(plain(status), plain(project.status));
  const written = same ? { ...project, status } : await ports.projects.writeStatus(project, status);
  for (const each of named) delivered.splice(delivered.indexOf(each), 1);
  for (const each of found) glanced.splice(glanced.indexOf(each), 1);
  return written;
}

/** As it would travel: without the fields that are undefined. */
function plain(status: ProjectStatus): unknown {
  return JSON.parse(JSON.stringify(status));
}
