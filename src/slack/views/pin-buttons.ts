import type { Button } from "@slack/types";
import { goesTo } from "../../project/goes-to.ts";
import { isLetGo } from "../../project/is-let-go.ts";
import { pinOf } from "../../project/pin-of.ts";
import type { Deploy, Project } from "../../project/project.ts";
import type { Words } from "../../words/words.ts";
import { button } from "./blocks.ts";

/** Beside the other buttons of a card, as many as can be read. */
const AT_MOST = 3;

/**
 * Of a deploy that came live, a way back to it for each environment that has another by now; of one that an environment
 * is pinned to, the way to the branch. Nothing while a wish for it waits to be heard.
 */
export function pinButtons(deploy: Deploy, project: Project, words: Words): Button[] {
  const { spec, status, metadata } = project;
  if (status.phase !== "Live" || isLetGo(project)) return [];
  const several = spec.environments.length > 1;
  const said = words.slack.pins;
  const all = spec.environments
    .filter(({ name }) => goesTo(name, deploy))
    .flatMap((environment) => {
      const { name } = environment;
      const held = pinOf(environment, status);
      const last = status.deploys.findLast((each) => goesTo(name, each));
      const value = (commit?: string) => JSON.stringify({ project: metadata.name, environment: name, commit });
      if (deploy.reason === "pin" && held?.sha === deploy.sha && last === deploy)
        return [button({ action: `unpin:${name}`, text: said.follow(several ? name : undefined), value: value() })];
      // What it was given, and not what is on its way: a build that fails leaves it where it is.
      const given = status.environments.find((each) => each.name === name)?.released;
      const at = held?.sha ?? given;
      if (deploy.state !== "live" || at === undefined || at === deploy.sha) return [];
      const confirm = {
        title: said.confirm.title,
        text: said.confirm.text(name, deploy.sha.slice(0, 7)),
        yes: said.confirm.yes,
        no: said.confirm.no,
      };
      const text = said.goBack(several ? name : undefined);
      return [button({ action: `pin:${name}`, text, value: value(deploy.sha), confirm })];
    });
  return all.slice(0, AT_MOST);
}
