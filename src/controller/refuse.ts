import type { Project } from "../project/project.ts";
import type { Controller } from "./controller.ts";

/** Milliseconds for the replica that took the command to answer it: it lets the Project go once it has. */
const ANSWER_MS = 10_000;

/** What was refused leaves nothing behind, and nobody without an answer. */
export async function refuse(refused: Project, { ports, messenger, log }: Controller): Promise<{ again?: Date }> {
  const project = refused.metadata.name;
  const again = Date.parse(refused.status.preflight?.at ?? "") + ANSWER_MS;
  if (ports.clock.now().getTime() < again) return { again: new Date(again) };
  await messenger
    .refuse(refused)
    .catch((error: unknown) => log.warn({ project, error }, "who asked for it could not be told that it was refused"));
  await ports.projects.delete(refused);
  return {};
}
