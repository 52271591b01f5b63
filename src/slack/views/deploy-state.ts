import type { Deploy, Project } from "../../project/project.ts";
import { isCancelled } from "../../project/vain-deploy.ts";
import type { Words } from "../../words/words.ts";

/** What came of a deploy, in a word; of a project that is gone nothing lives. */
export function deployState(deploy: Deploy, { spec, status }: Project, words: Words): string {
  const said = words.slack.deployStates;
  const isGone = status.phase === "Removing" || status.phase === "Removed";
  if (isGone && (deploy.state === "live" || deploy.state === "running")) return words.slack.phases[status.phase];
  if (isCancelled(deploy)) return said.cancelled;
  const held = spec.environments.every(({ name }) => deploy.heldBack?.includes(name));
  return held && deploy.state === "superseded" ? said.heldBack : said[deploy.state];
}
