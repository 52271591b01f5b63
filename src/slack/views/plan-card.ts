import type { KnownBlock } from "@slack/types";
import type { PlannedChange } from "../../project/ports/launcher.ts";
import type { ProjectSpec } from "../../project/project.ts";
import type { Words } from "../../words/words.ts";
import { section } from "./blocks.ts";
import { escapeText, oneLine } from "./escape-text.ts";

/** What would stand: on GitHub, in the registry, and in each environment. `image`: `ghcr.io/acme/rrr`. */
export function planCard(
  name: string,
  { spec, changes, image }: { spec: ProjectSpec; changes: PlannedChange[]; image: string },
  words: Words,
): KnownBlock[] {
  const said = words.slack.plan;
  const repository = said.repository({
    repository: `${spec.owner}/${spec.repository}`,
    visibility: spec.visibility,
    template: spec.template,
    webhook: changes.some(({ kind }) => kind === "Webhook"),
  });
  const objectsIn = (place: string) =>
    changes.flatMap((each) => (each.namespace === place ? [`${each.kind} ${each.name}`] : []));
  return [
    section(`*${escapeText(said.title(name), 200)}*`),
    section([line(words.slack.stages.repository, repository), line(said.imageTitle, said.image(image))].join("\n")),
    // A section each: sixteen of them would not stand in one.
    ...spec.environments.map(({ name: environment, host, namespace }) =>
      section(line(environment, said.environment({ host, namespace, objects: objectsIn(namespace) }))),
    ),
  ];
}

function line(title: string, text: string): string {
  return `•  *${escapeText(oneLine(title), 80)}*  ${escapeText(oneLine(text), 600)}`;
}
