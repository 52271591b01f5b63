import type { Deploy, Project } from "../../project/project.ts";
import { isCancelled } from "../../project/vain-deploy.ts";
import type { Words } from "../../words/words.ts";

/** What came of a deploy, in a word. */
export function deployState(deploy: Deploy, { spec }: Project, words: Words): string {
  const said = words.slack.deployStates;
  if (isCancelled(deploy)) return said.cancelled;
  const held = spec.environments.every(({ name }) => deploy.heldBack?.includes(name));
  return held && deploy.state === "superseded" ? said.heldBack : said[deploy.state];
}
