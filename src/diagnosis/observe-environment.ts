import { evidence } from "../evidence/index.ts";
import { answerOf } from "../facts/answer.ts";
import type { Certificate } from "../facts/certificate.ts";
import { type EnvironmentFacts, environmentFactsOf, type Objects } from "../facts/environment-facts.ts";
import { subjectOf } from "../facts/identity.ts";
import { lacksPods } from "../facts/lacks-pods.ts";
import { nodeOf } from "../facts/node.ts";
import { replicasGiven } from "../facts/replicas-given.ts";
import { siteOf } from "../facts/site-of.ts";
import type { Workload } from "../facts/workload.ts";
import { KINDS, type Kind } from "../project/kinds.ts";
import { objectName } from "../project/object-name.ts";
import { PROJECT_LABEL } from "../project/ownership.ts";
import type { KubeObject } from "../project/ports/cluster.ts";
import type { Ports } from "../project/ports/ports.ts";
import type { SiteSeen } from "../project/ports/sites.ts";
import type { Environment, Project } from "../project/project.ts";
import { known, type Read } from "../project/read.ts";
import type { Settings } from "../project/settings.ts";
import type { Reader } from "./create-reader.ts";
import { jobEnd } from "./job-end.ts";
import { podsOfJobs } from "./pods-of-jobs.ts";

/** From the watch caches, by our label; Certificates only where they are served. */
const WATCHED = evidence.filter(({ watch }) => watch?.by === "label" && !watch.whenServed).map(({ kind }) => kind);

/** What a certificate that is not ready waits for; asked for only then. */
const CHAIN = ["CertificateRequest", "Order", "Challenge"] as const;

/**
 * One environment of a project, read from the cluster. `whole`: looks at its URL, in place of what was seen of it last.
 * `glance`: without what only says more of a failure, which a pass adds.
 */
export async function observeEnvironment(
  project: Project,
  environment: Environment,
  settings: Settings,
  ports: Ports,
  { whole: looks, glance = false, read }: { whole: boolean; glance?: boolean; read: Reader },
): Promise<EnvironmentFacts> {
  const { cluster } = ports;
  const { name } = project.metadata;
  const { namespace } = environment;
  const labels = { [PROJECT_LABEL]: name };
  const list = (kind: Kind, scope: { namespace?: string; labels?: Record<string, string> }) =>
    cluster.list(KINDS[kind].apiVersion, kind, scope);
  // Namespaces themselves are in none.
  const scopeOf = (kind: Kind) => (KINDS[kind].namespaced ? { namespace, labels } : { labels });
  const [watched, certificates, cloud] = await Promise.all([
    Promise.all(WATCHED.map(async (kind) => [kind, await read(() => list(kind, scopeOf(kind)))] as const)),
    read(async () =>
      (await cluster.serves("cert-manager.io/v1", "Certificate")) ? list("Certificate", scopeOf("Certificate")) : [],
    ),
    readCloud(ports, read),
  ]);
  const objects: Objects = {
    ...Object.fromEntries(watched),
    Certificate: certificates,
  };
  const before = environmentFactsOf(environment, name, objects);
  const { workloads } = before;
  const [chain, events, cronJobs, jobPods] = await Promise.all([
    glance ? {} : chainOf(before.certificates, namespace, ports, read),
    glance ? known([]) : failuresOf(before, namespace, ports, read),
    hasFailedRun(workloads) ? read(() => list("CronJob", scopeOf("CronJob"))) : known([]),
    podsOfJobs(workloads, ports, read),
  ]);
  const whole = { ...objects, ...chain, Event: events, CronJob: cronJobs };
  const facts = environmentFactsOf(environment, name, whole, jobPods);
  const [handlers, site] = await Promise.all([handlersOf(project, facts, ports, read), seeSite()]);
  const answer = answerOf(site, ports.clock.now());
  // Who asks for one look wants to hear what that one saw.
  const sure = looks && answer.state === "unreachable" ? { confirmed: true } : {};
  return { ...facts, cloud, handlers, site, answer: { ...answer, ...sure } };

  async function seeSite(): Promise<SiteSeen | undefined> {
    const seen = ports.sites.seen(name, environment.name);
    const site = siteOf(project, facts, settings, seen?.site);
    return site && (looks ? ports.sites.look(name, site) : seen);
  }
}

/**
 * Who it was, of what stands still though it should not, or asks for another count of pods than it was given. Managed fields
 * are not kept, so they are asked for then.
 */
async function handlersOf(
  project: Project,
  facts: Pick<EnvironmentFacts, "environment" | "sources" | "kustomization" | "workloads">,
  { cluster }: Ports,
  read: Reader,
): Promise<EnvironmentFacts["handlers"]> {
  const { sources, kustomization, workloads } = facts;
  const given = replicasGiven(project, facts);
  const counted = objectName(project.metadata.name);
  const still = [
    ...(sources.known ? sources.value : []).filter(({ suspended }) => suspended),
    ...(kustomization.known && kustomization.value?.suspended ? [kustomization.value] : []),
    ...(workloads.known ? workloads.value : []).filter(
      ({ wanted, kind, name, paused, settled }) =>
        (paused && !settled) ||
        ((kind === "Deployment" || kind === "StatefulSet") &&
          (wanted === 0 || (name === counted && given !== undefined && wanted !== given))),
    ),
  ];
  const asked = still.map(async (object) => {
    const { kind, namespace, name } = object;
    const managers = await read(() => cluster.managers({ apiVersion: "", kind, namespace, name }));
    return managers.known ? [[subjectOf(object), managers.value] as const] : [];
  });
  return Object.fromEntries((await Promise.all(asked)).flat());
}

function hasFailedRun(workloads: Read<Workload[]>): boolean {
  return workloads.known && workloads.value.some((each) => each.owner?.kind === "CronJob" && jobEnd(each));
}

async function chainOf(
  certificates: Read<Certificate[]>,
  namespace: string,
  { cluster }: Ports,
  read: Reader,
): Promise<Objects> {
  if (!certificates.known || certificates.value.every(({ ready }) => ready)) return {};
  const links = CHAIN.map(async (kind) => [
    kind,
    await read(() => cluster.list(KINDS[kind].apiVersion, kind, { namespace })),
  ]);
  return Object.fromEntries(await Promise.all(links));
}

async function failuresOf(
  { sources, workloads }: Pick<EnvironmentFacts, "sources" | "workloads">,
  namespace: string,
  { cluster, clock }: Pick<Ports, "cluster" | "clock">,
  read: Reader,
): Promise<Read<KubeObject[]>> {
  const failing =
    sources.known && sources.value.some(({ conditions }) => (conditions.Ready?.status ?? "True") !== "True");
  const now = clock.now();
  const lacking = lacksPods(workloads.known ? workloads.value : []).some(({ askFrom }) => askFrom <= now);
  return failing || lacking ? read(() => cluster.list("v1", "Event", { namespace })) : known([]);
}

async function readCloud({ cluster }: Ports, read: Reader): Promise<string> {
  const nodes = await read(async () => (await cluster.list("v1", "Node")).slice(0, 1).map(nodeOf));
  return (nodes.known && nodes.value[0]?.cloud) || "";
}
