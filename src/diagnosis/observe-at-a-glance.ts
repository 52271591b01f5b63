import type { Facts } from "../facts/facts.ts";
import type { Ports } from "../project/ports/ports.ts";
import type { Project } from "../project/project.ts";
import { unknown } from "../project/read.ts";
import type { Settings } from "../project/settings.ts";
import { createReader } from "./create-reader.ts";
import { observeEnvironment } from "./observe-environment.ts";

/** Milliseconds: the cluster alone is asked, and a pass that waits longer follows. */
const PATIENCE = { look: 1_000, pass: 1_000 };

const UNASKED = unknown({ because: "GitHubUnasked" });

/** One project as its cluster has it, nearly all of it from the watch caches. What GitHub and the registry say is unknown. */
export async function observeAtAGlance(project: Project, settings: Settings, ports: Ports): Promise<Facts> {
  const at = ports.clock.now();
  const read = createReader(PATIENCE);
  const environments = await Promise.all(
    project.spec.environments.map((each) =>
      observeEnvironment(project, each, settings, ports, { whole: false, glance: true, read }),
    ),
  );
  return {
    at,
    repository: UNASKED,
    webhook: UNASKED,
    author: UNASKED,
    head: UNASKED,
    pinned: {},
    builds: {},
    workflow: UNASKED,
    lineage: UNASKED,
    manifests: {},
    jobs: UNASKED,
    failure: UNASKED,
    images: {},
    environments,
  };
}
