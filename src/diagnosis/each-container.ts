import { subjectOf } from "../facts/identity.ts";
import type { Container, Pod } from "../facts/pod.ts";
import { steadyText } from "../facts/steady-text.ts";
import type { Workload } from "../facts/workload.ts";
import { isOfImage } from "../project/is-of-image.ts";
import { imageOf } from "../project/naming.ts";
import { shorten } from "../project/shorten.ts";
import type { Confirm, Found, SeenEnvironment } from "./rule.ts";
import { starterOf } from "./starter-of.ts";

/** What a rule says of one container; whose it is is said here. */
interface Trouble {
  evidence: string;
  confirm?: Confirm;
}

/** `More`: what a sentence is made of beside whose container it is. */
type ContainerFound<More> = Omit<Found, "params"> & { params: Whose & Omit<More, keyof Trouble> };

interface Whose {
  workload: string;
  kind: string;
  namespace: string;
  pod: string;
  container: string;
  role: "app" | "beside" | "sidecar" | "init";
  image: string;
  restarts: number;
  others: number;
}

/**
 * Asks of each container of each workload's newest pods. The subject is the workload and the container, never a pod: ten
 * pods that fail alike are one finding, and one that is replaced is no new one. Of a CronJob's run it is the CronJob, which
 * nothing waits for.
 */
export function eachContainer<More>(
  seen: SeenEnvironment,
  ask: (container: Container, pod: Pod, workload: Workload) => (Trouble & More) | undefined,
): ContainerFound<More>[] {
  const { workloads } = seen.here;
  const found = new Map<string, ContainerFound<More>>();
  // One of a Job that came to its end at last has done its work, however often it failed before.
  for (const workload of workloads.known ? workloads.value : [])
    for (const pod of workload.pods.filter(({ current, phase }) => current && phase !== "Succeeded"))
      for (const container of pod.containers) {
        const trouble = ask(container, pod, workload);
        const whose = starterOf(workload);
        const subject = `${subjectOf(whose)}/${container.name}`;
        if (!trouble || found.has(subject)) continue;
        const { name, image, restarts } = container;
        const { evidence, confirm, ...more } = trouble;
        found.set(subject, {
          subject,
          evidence: shorten(steadyText(evidence)),
          seenFrom: "cluster",
          ...(confirm && { confirm }),
          ...(whose.kind === "CronJob" && { aside: true }),
          params: {
            workload: whose.name,
            kind: whose.kind,
            namespace: workload.namespace,
            pod: pod.name,
            container: name,
            role: container.role === "app" && !isApplication(container, workload, seen) ? "beside" : container.role,
            image,
            restarts,
            // This one may be ready for a moment, between one crash and the next.
            others: workload.pods.filter((each) => each !== pod && each.ready).length,
            ...more,
          },
        });
      }
  return [...found.values()];
}

/** The one that runs the project's image; where nothing does, the first of each workload. */
function isApplication({ name, image }: Container, workload: Workload, { here, project, settings }: SeenEnvironment) {
  const own = imageOf(settings.registryHost, project.spec.owner, project.spec.repository);
  const all = (here.workloads.known ? here.workloads.value : []).flatMap(({ containers }) => containers);
  if (all.some((each) => each.role === "app" && isOfImage(own, each.image))) return isOfImage(own, image);
  return workload.containers.find(({ role }) => role === "app")?.name === name;
}
