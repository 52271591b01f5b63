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
  namespace?: string;
  /** `POST /orgs/acme/repos`, `PATCH /api/v1/namespaces/rrr`. */
  call: string;
}

/** Handed to the commands by start.ts, so that src/slack knows no step. */
export interface Launcher {
  templates(): { name: string; title: string; description: string }[];
  /** Looks, makes nothing; within about a second. */
  preflight(request: LaunchRequest): Promise<Preflight>;
  /** What `create` would make, in order. */
  plan(spec: ProjectSpec, name: string): Promise<PlannedChange[]>;
}
