import type { Cluster } from "./cluster.ts";
import type { GitHub } from "./github.ts";
import type { People } from "./people.ts";
import type { Vantage } from "./probes.ts";
import type { Projects } from "./projects.ts";
import type { Registry } from "./registry.ts";
import type { Sites } from "./sites.ts";

/** The world as reconcile sees it; start.ts fills it in. */
export interface Ports {
  github: GitHub;
  registry: Registry;
  cluster: Cluster;
  projects: Projects;
  vantages: Vantage[];
  sites: Sites;
  people: People;
  clock: { now(): Date };
}
