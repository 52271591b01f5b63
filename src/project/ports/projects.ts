import type { Intent, IntentKind, Project, ProjectSpec, ProjectStatus } from "../project.ts";

/** Where `Project`s live: the API server. Implemented in src/cluster/projects.ts. */
export interface Projects {
  get(name: string): Promise<Project | undefined>;
  list(): Promise<Project[]>;
  /** Rejects with the problem `project-exists` when the name is taken. */
  create(name: string, spec: ProjectSpec): Promise<Project>;
  /** Writes a person's wish; the same id twice is one wish. */
  intend(name: string, kind: IntentKind, intent: Intent): Promise<Project>;
  /** The one writer of status. Rejects on a conflict with somebody's newer write. */
  writeStatus(project: Project, status: ProjectStatus): Promise<Project>;
  /** Lets the object go, once everything made is removed. */
  delete(name: string): Promise<void>;
}
