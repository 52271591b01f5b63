import type { Project, ProjectSpec, ProjectStatus } from "../project.ts";
import type { UnreadableProject } from "../read-project.ts";
import type { Wish } from "../wish.ts";

/** Where `Project`s live: the API server. Implemented in src/cluster/projects.ts. */
export interface Projects {
  /** Rejects with the problem `project-unreadable` when what is stored under that name is no Project that can be read. */
  get(name: string): Promise<Project | undefined>;
  /** All of them: one that cannot be read is told beside the others, never left out in silence. */
  list(): Promise<StoredProjects>;
  /** Rejects with the problem `project-exists` when the name is taken. */
  create(name: string, spec: ProjectSpec): Promise<Project>;
  /** Writes a person's wish; the same id twice is one wish. Rejects with `wishes-waiting` where too many wait to be heard. */
  wish(name: string, wish: Wish): Promise<Project>;
  /** Takes wishes out that were heard. */
  forgetWishes(name: string, ids: readonly string[]): Promise<Project>;
  /** Writes where it runs and what. Rejects on a conflict with somebody's newer write. */
  writeEnvironments(project: Project, environments: ProjectSpec["environments"]): Promise<Project>;
  /** The one writer of status. Rejects on a conflict with somebody's newer write. */
  writeStatus(project: Project, status: ProjectStatus): Promise<Project>;
  /** Has its deletion wait for us. Rejects on a conflict with a newer write. */
  hold(project: Project): Promise<Project>;
  /** Lets the object go, and none made under its name since: nothing of ours holds it, and it is deleted if nobody has done that yet. */
  delete(project: Project): Promise<void>;
}

export interface StoredProjects {
  projects: Project[];
  unreadable: UnreadableProject[];
}
