import { imageOf } from "../project/naming.ts";
import type { EnvironmentStatus, Now, Project } from "../project/project.ts";
import type { Settings } from "../project/settings.ts";
import type { EnvironmentFacts } from "./environment-facts.ts";
import { workloadsApplied } from "./workloads-applied.ts";

/** What is true of an environment at this moment. What could not be read stays as it was seen last; the rest is of now. */
export function nowOf(project: Project, here: EnvironmentFacts, settings: Settings, at: Date): Now {
  const before: EnvironmentStatus | undefined = project.status.environments.find(
    ({ name }) => name === here.environment.name,
  );
  const was = before?.now ?? {};
  const commit = here.kustomization.known ? here.kustomization.value?.applied : was.commit;
  const running = here.workloads.known
    ? runningOf(project, here, settings)
    : { tag: was.tag, ready: was.ready, wanted: was.wanted };
  const answer = answerNow(here) ?? (here.site === undefined && running.ready === 0 ? undefined : was.answer);
  const unseen = !here.kustomization.known || !here.workloads.known || (here.answer.state === "unknown" && was.answer);
  return {
    ...(unseen ? { unseenSince: was.unseenSince ?? at.toISOString() } : {}),
    ...(commit === undefined ? {} : { commit }),
    ...(running.tag === undefined ? {} : { tag: running.tag }),
    ...(running.ready === undefined ? {} : { ready: running.ready }),
    ...(running.wanted === undefined ? {} : { wanted: running.wanted }),
    ...(answer === undefined ? {} : { answer }),
  };
}

function runningOf(project: Project, here: EnvironmentFacts, settings: Settings) {
  const image = imageOf(settings.registryHost, project.spec.owner, project.spec.repository);
  const workloads = workloadsApplied(here).filter(({ kind }) => kind !== "Job");
  // Whatever pod of it is ready serves; of two versions the newer one is named.
  const pods = workloads.flatMap((each) => each.pods).filter(({ ready }) => ready);
  const newest = pods.toSorted((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0));
  const references = [
    ...newest.flatMap(({ containers }) => containers),
    ...workloads.filter((each) => each.ready > 0).flatMap(({ containers }) => containers),
  ].map((container) => container.image);
  const tag = references.find((each) => each.startsWith(`${image}:`))?.slice(image.length + 1);
  return {
    tag,
    ready: workloads.reduce((sum, each) => sum + each.ready, 0),
    wanted: workloads.reduce((sum, each) => sum + each.wanted, 0),
  };
}

/** What more than one look has seen. */
function answerNow({ answer }: EnvironmentFacts): Now["answer"] {
  if (answer.state === "reachable") return { status: answer.status, from: answer.from };
  if (answer.state !== "unreachable" || !answer.confirmed) return undefined;
  const { why, from, look } = answer;
  return { why, from, ...(look.outcome.state === "answered" ? { instead: look.outcome.status } : {}) };
}
