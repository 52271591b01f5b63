import type { Look } from "../look.ts";
import type { ProjectSpec } from "../project.ts";

/** What a person asked for; `undefined` takes the default. */
export interface LaunchRequest {
  name: string;
  template?: string;
  owner?: string;
  visibility?: "public" | "private";
  environments?: string[];
  /** Base domain or whole host of the default environment. */
  domain?: string;
  channel: string;
  requestedBy: string;
  team?: string;
}

export interface Preflight {
  ok: boolean;
  lines: Look[];
  /** The whole intent, defaults filled in; undefined where the request is not even well-formed. */
  spec?: ProjectSpec;
}

/** One thing that a launch would make. */
export interface PlannedChange {
  kind: string;
  name: string;
  /** Absent: it is the project's, or the namespace itself. */
  namespace?: string;
}

/** Handed to the commands by start.ts, so that src/slack knows no step. */
export interface Launcher {
  templates(): { name: string; title: string; description: string }[];
  /** The whole intent, defaults filled in, or why the request is none. Asks nobody. */
  specOf(request: LaunchRequest): { spec: ProjectSpec } | { refused: Look };
  /** Looks, makes nothing; within some seconds. */
  preflight(request: LaunchRequest): Promise<Preflight>;
  /** What `create` would make, in order. */
  plan(spec: ProjectSpec, name: string): Promise<PlannedChange[]>;
}
