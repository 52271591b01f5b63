import type { KubeObject, Manager } from "../project/ports/cluster.ts";
import type { SiteSeen } from "../project/ports/sites.ts";
import type { Environment } from "../project/project.ts";
import { known, type Read, unknown } from "../project/read.ts";
import type { Answer } from "./answer.ts";
import { type Certificate, certificateOf } from "./certificate.ts";
import { type CronJob, cronJobOf } from "./cron-job.ts";
import { type Event, eventOf } from "./event.ts";
import { type GitRepository, gitRepositoryOf } from "./git-repository.ts";
import { type Identity, identityOf } from "./identity.ts";
import { type Ingress, ingressOf } from "./ingress.ts";
import { type Kustomization, kustomizationOf } from "./kustomization.ts";
import { type Pod, podOf } from "./pod.ts";
import { replicaSetOf } from "./replica-set.ts";
import { type Service, serviceOf } from "./service.ts";
import { type Workload, workloadOf } from "./workload.ts";
import { WORKLOADS } from "./workload-shape.ts";

/** One environment as it was at one moment. What could not be read says why. */
export interface EnvironmentFacts {
  environment: Environment;
  namespace: Read<Identity | undefined>;
  /** The one that follows the branch, and those that are held at a commit. */
  sources: Read<GitRepository[]>;
  kustomization: Read<Kustomization | undefined>;
  workloads: Read<Workload[]>;
  pods: Read<Pod[]>;
  /** Looked at only while the newest run of one has failed. */
  cronJobs: Read<CronJob[]>;
  services: Read<Service[]>;
  ingresses: Read<Ingress[]>;
  certificates: Read<Certificate[]>;
  /** Who set what of an object that somebody may have changed by hand, newest last; by its subject. */
  handlers: Readonly<Record<string, readonly Manager[]>>;
  /** Warnings about sources, only while one fails. */
  sourceEvents: Read<Event[]>;
  /** Why pods could not be made, of workloads that lack some; asked for only then. */
  refusals: Read<Event[]>;
  /** Whose machine it runs on; empty where no node tells. */
  cloud: string;
  /** What was seen of its URL last, once there is a route and something behind it; and what that comes to. */
  site: SiteSeen | undefined;
  answer: Answer;
}

/** Objects of one namespace by kind, as they were read; a kind that is not here was not looked for. */
export type Objects = Partial<Record<string, Read<KubeObject[]>>>;

/**
 * Everything is read once, here. An object that reads as something else makes its kind unknown, and says which.
 * `jobPods`: of Jobs, which do not bear our label; where they could not be read the others still tell of their workloads.
 */
export function environmentFactsOf(
  environment: Environment,
  name: string,
  objects: Objects,
  jobPods: Read<KubeObject[]> = known([]),
): Omit<EnvironmentFacts, "cloud" | "site" | "answer" | "handlers"> {
  const of = (kind: string) => objects[kind] ?? known<KubeObject[]>([]);
  const labelled = readEach(of("Pod"), podOf);
  const ofJobs = readEach(jobPods, podOf);
  // A team may have labelled them all the same.
  const others = listOf(ofJobs).filter(({ uid }) => !listOf(labelled).some((each) => each.uid === uid));
  const all = [...listOf(labelled), ...others];
  const pods = [labelled, ofJobs].find((each) => !each.known) ?? known(all);
  const sets = readEach(of("ReplicaSet"), replicaSetOf);
  const slices = of("EndpointSlice");
  const events = readEach(of("Event"), eventOf);
  const kustomization = first(readEach(of("Kustomization"), kustomizationOf), name);
  const chain = {
    requests: listOf(of("CertificateRequest")),
    orders: listOf(of("Order")),
    challenges: listOf(of("Challenge")),
  };
  return {
    environment,
    namespace: first(readEach(of("Namespace"), identityOf), environment.namespace),
    sources: readEach(of("GitRepository"), gitRepositoryOf),
    kustomization,
    workloads: workloadsOf(of, kustomization, (object) => workloadOf(object, all, listOf(sets))),
    // Whose one is cannot be told without them.
    pods: sets.known ? pods : sets,
    cronJobs: readEach(of("CronJob"), cronJobOf),
    services: readEach(of("Service"), (object) => serviceOf(object, slices.known ? slices.value : undefined)),
    ingresses: readEach(of("Ingress"), ingressOf),
    certificates: readEach(of("Certificate"), (object) => certificateOf(object, chain)),
    sourceEvents: warnings(events, ({ about }) => about === "GitRepository"),
    refusals: warnings(events, ({ reason }) => reason === "FailedCreate"),
  };
}

/** A kind that may not be read matters only where the project is known to have something of it. */
function workloadsOf(
  of: (kind: string) => Read<KubeObject[]>,
  kustomization: Read<Kustomization | undefined>,
  parse: (object: KubeObject) => Workload,
): Read<Workload[]> {
  const applied = (kustomization.known && kustomization.value?.inventory) || [];
  const workloads: Workload[] = [];
  for (const kind of WORKLOADS) {
    const read = readEach(of(kind), parse);
    if (read.known) workloads.push(...read.value);
    else if (kind === "Deployment" || applied.some((entry) => entry.kind === kind)) return read;
  }
  return known(workloads);
}

function readEach<T>(objects: Read<KubeObject[]>, parse: (object: KubeObject) => T): Read<T[]> {
  if (!objects.known) return objects;
  const parsed: T[] = [];
  for (const object of objects.value) {
    try {
      parsed.push(parse(object));
    } catch {
      const { namespace, name } = object.metadata;
      return unknown({ because: "Malformed", kind: object.kind, name: `${namespace ?? ""}/${name}` });
    }
  }
  return known(parsed);
}

function warnings(events: Read<Event[]>, isIt: (event: Event) => boolean): Read<Event[]> {
  return events.known ? known(events.value.filter((event) => event.warning && isIt(event))) : events;
}

function listOf<T>(read: Read<T[]>): T[] {
  return read.known ? read.value : [];
}

function first<T extends { name: string }>(read: Read<T[]>, name: string): Read<T | undefined> {
  return read.known ? known(read.value.find((each) => each.name === name)) : read;
}
