import { isLetGo } from "../../project/is-let-go.ts";
import type { Project } from "../../project/project.ts";
import type { Words } from "../../words/words.ts";
import { section } from "./blocks.ts";
import { escapeText } from "./escape-text.ts";
import type { Milestone } from "./milestones.ts";
import { rendered } from "./rendered.ts";

/** What stays where a Project was deleted with kubectl. */
export function farewell(project: Project, words: Words): Milestone[] {
  const { metadata, spec, status } = project;
  const since = project.metadata.deletionTimestamp;
  if (since === undefined) return [];
  const said = words.slack.farewell;
  const tell = (text: string): Milestone[] => {
    const message = rendered(escapeText(text, 300), [section(escapeText(text, 2000))]);
    return [{ key: "milestone/farewell", since, message }];
  };
  if (isLetGo(project)) return tell(said.letGo(metadata.name, standing(project).join(", ")));
  const isKept = status.repository && !status.ledger.some(({ kind }) => kind === "Repository");
  return isKept ? tell(said.repositoryStays(`${spec.owner}/${spec.repository}`)) : [];
}

/** What is in a namespace goes and stays with it. */
function standing({ status }: Project): string[] {
  const kinds = ["Repository", "Namespace"];
  return status.ledger
    .filter(({ kind, state }) => state === "made" && kinds.includes(kind))
    .map(({ kind, name }) => `${kind} ${name}`);
}
