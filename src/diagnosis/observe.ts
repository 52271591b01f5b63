import type { Facts } from "../facts/facts.ts";
import type { Ports } from "../project/ports/ports.ts";
import type { Project } from "../project/project.ts";
import type { Settings } from "../project/settings.ts";
import type { Absences } from "./create-absences.ts";
import { createReader, type Patience } from "./create-reader.ts";
import { observeEnvironment } from "./observe-environment.ts";
import { observeGitHub } from "./observe-github.ts";

/**
 * Reads one project from everywhere, all at once. Nothing here rejects, or takes longer than `patience`, some seconds.
 * `whole`: also what nobody waits for at this moment, and its URLs as they answer now.
 * `absences`: images that need not be asked for again; without them each is.
 */
export async function observe(
  project: Project,
  settings: Settings,
  ports: Ports,
  options: { whole?: boolean; absences?: Absences; patience?: Patience } = {},
): Promise<Facts> {
  const at = ports.clock.now();
  const read = createReader(options.patience);
  const [fromGitHub, environments] = await Promise.all([
    observeGitHub(project, settings, ports, { ...options, read }),
    Promise.all(
      project.spec.environments.map((each) =>
        observeEnvironment(project, each, settings, ports, { whole: options.whole ?? false, read }),
      ),
    ),
  ]);
  return { at, ...fromGitHub, environments };
}
