import { z } from "zod";
import { conditionOf } from "../project/condition-of.ts";
import { imageOf, tagOf } from "../project/naming.ts";
import { PROJECT_LABEL } from "../project/ownership.ts";
import type { KubeObject } from "../project/ports/cluster.ts";
import type { GitHub, RepositoryName, Whereabouts, WorkflowJob } from "../project/ports/github.ts";
import type { Ports } from "../project/ports/ports.ts";
import type { ProbeResult } from "../project/ports/probes.ts";
import { Problem } from "../project/problem.ts";
import type { Environment, Project } from "../project/project.ts";
import { known, type Read, unknown } from "../project/read.ts";
import { repositoryTrouble } from "../project/repository-trouble.ts";
import type { Settings } from "../project/settings.ts";
import type { EnvironmentSnapshot, Snapshot } from "../project/snapshot.ts";
import { cloudOf } from "./cloud-of.ts";
import { probeRoute } from "./probe-route.ts";

/** Reads one project from everywhere, all at once. Nothing here rejects: what could not be read says why. */
export async function observe(project: Project, settings: Settings, ports: Ports): Promise<Snapshot> {
  const at = ports.clock.now();
  const [fromGitHub, environments] = await Promise.all([
    observeGitHub(project, settings, ports),
    Promise.all(
      project.spec.environments.map((environment) => observeEnvironment(project, environment, settings, ports)),
    ),
  ]);
  return { at, ...fromGitHub, environments };
}

type GitHubSide = Pick<Snapshot, "repository" | "head" | "runs" | "jobs" | "failure" | "images">;

async function observeGitHub(project: Project, settings: Settings, { github, registry }: Ports): Promise<GitHubSide> {
  const nothingYet: GitHubSide = {
    repository: known(undefined),
    head: known(undefined),
    runs: known([]),
    jobs: known([]),
    failure: known(undefined),
    images: {},
  };
  const { repository: made, launch } = project.status;
  if (!made) return nothingYet;
  const at = { owner: project.spec.owner, name: project.spec.repository };
  const repository = await read(() => github.locate(at, made.id));
  if (launch.sha === undefined) return { ...nothingYet, repository };
  // What another repository of that name says, or this one under another name, is not the project's news.
  const elsewhere = reasonAgainst(project, repository);
  const [head, runs] =
    elsewhere ??
    (await Promise.all([
      read(() => github.commit(at, made.defaultBranch)),
      read(() => github.runs(at, { limit: 20 })),
    ]));
  // A push while the launch still runs is the next deploy's: the launch's own build is the one to tell of.
  const wanted = project.status.phase === "Live" && head.known && head.value ? head.value.sha : launch.sha;
  const newest = runs.known ? runs.value.find(({ sha }) => sha === wanted) : undefined;
  const image = imageOf(settings.registryHost, at.owner, at.name);
  const tags = new Set(
    [launch.sha, head.known ? head.value?.sha : undefined].flatMap((sha) => (sha === undefined ? [] : [tagOf(sha)])),
  );
  const [jobs, ...images] = await Promise.all([
    newest ? read(() => github.jobs(at, newest.id)) : known([]),
    ...[...tags].map(async (tag) => [tag, await read(() => registry.has(image, tag))] as const),
  ]);
  const failure = await read(() => failureOf(at, jobs.known ? jobs.value : [], github));
  return { repository, head, runs, jobs, failure, images: Object.fromEntries(images) };
}

/** Of its commits and runs, where the repository cannot be found or is not where it was. */
function reasonAgainst(
  project: Project,
  repository: Read<Whereabouts | undefined>,
): [Read<never>, Read<never>] | undefined {
  if (!repository.known) return [repository, repository];
  const { value } = repository;
  if (value?.state !== "moved" && value?.state !== "gone") return undefined;
  const reason = unknown(repositoryTrouble(project, value)?.evidence ?? value.state);
  return [reason, reason];
}

const LOG_LINES = 12;

async function failureOf(at: RepositoryName, jobs: WorkflowJob[], github: GitHub) {
  const job = jobs.find(({ conclusion }) => conclusion === "failure" || conclusion === "timed_out");
  if (!job) return undefined;
  const step = job.steps.find(({ conclusion }) => conclusion === "failure")?.name ?? "";
  return { job: job.name, step, lines: await github.jobLog(at, job.id, LOG_LINES) };
}

async function observeEnvironment(
  project: Project,
  environment: Environment,
  settings: Settings,
  ports: Ports,
): Promise<EnvironmentSnapshot> {
  const { cluster } = ports;
  const { name } = project.metadata;
  const { namespace } = environment;
  const all = (apiVersion: string, kind: string) =>
    read(() => cluster.list(apiVersion, kind, { namespace, labels: { [PROJECT_LABEL]: name } }));
  const one = async (apiVersion: string, kind: string, named: string) =>
    firstOf(await all(apiVersion, kind), (object) => object.metadata.name === named);
  const [namespaces, source, kustomization, deployments, pods, services, ingresses, certificates] = await Promise.all([
    read(() => cluster.list("v1", "Namespace", { labels: { [PROJECT_LABEL]: name } })),
    one("source.toolkit.fluxcd.io/v1", "GitRepository", name),
    one("kustomize.toolkit.fluxcd.io/v1", "Kustomization", name),
    all("apps/v1", "Deployment"),
    all("v1", "Pod"),
    all("v1", "Service"),
    all("networking.k8s.io/v1", "Ingress"),
    read(async () =>
      (await cluster.serves("cert-manager.io/v1", "Certificate"))
        ? unwrap(await all("cert-manager.io/v1", "Certificate"))
        : [],
    ),
  ]);
  const looked = { environment, source, kustomization, deployments, pods, services, ingresses, certificates };
  const [challenges, sourceEvents, probes, cloud] = await Promise.all([
    pendingChallenges(certificates, namespace, ports),
    failuresOf(source, namespace, ports),
    probe(looked, settings, ports),
    readCloud(ports),
  ]);
  return {
    ...looked,
    namespace: firstOf(namespaces, (object) => object.metadata.name === namespace),
    challenges,
    sourceEvents,
    probes,
    cloud,
  };
}

async function pendingChallenges(
  certificates: Read<KubeObject[]>,
  namespace: string,
  { cluster }: Ports,
): Promise<Read<KubeObject[]>> {
  const pending =
    certificates.known && certificates.value.some((each) => conditionOf(each, "Ready")?.status !== "True");
  return pending ? read(() => cluster.list("acme.cert-manager.io/v1", "Challenge", { namespace })) : known([]);
}

const aboutSource = z.object({
  involvedObject: z.object({ kind: z.literal("GitRepository") }),
  type: z.literal("Warning"),
});

async function failuresOf(
  source: Read<KubeObject | undefined>,
  namespace: string,
  { cluster }: Ports,
): Promise<Read<KubeObject[]>> {
  const ready = source.known ? conditionOf(source.value, "Ready") : undefined;
  if (!ready || ready.status === "True") return known([]);
  return read(async () => {
    const events = await cluster.list("v1", "Event", { namespace });
    return events.filter((event) => aboutSource.safeParse(event).success);
  });
}

/** Only once there is a route and something behind it: before that an answer would mean nothing. */
async function probe(
  at: Pick<EnvironmentSnapshot, "environment" | "ingresses" | "deployments">,
  settings: Settings,
  ports: Ports,
): Promise<ProbeResult[]> {
  const served = at.deployments.known && at.deployments.value.some(isAvailable);
  return served ? probeRoute(at.environment.host, at.ingresses, settings, ports) : [];
}

function isAvailable(deployment: KubeObject): boolean {
  return conditionOf(deployment, "Available")?.status === "True";
}

async function readCloud({ cluster }: Ports): Promise<string> {
  const nodes = await read(() => cluster.list("v1", "Node"));
  const spec = nodes.known
    ? z.object({ providerID: z.string().optional() }).safeParse(nodes.value[0]?.spec)
    : undefined;
  return cloudOf(spec?.data?.providerID);
}

async function read<T>(look: () => Promise<T>): Promise<Read<T>> {
  try {
    return known(await look());
  } catch (error) {
    if (!(error instanceof Problem)) return unknown(String(error));
    return unknown(error.evidence, error.destiny.kind === "person" ? error.code : undefined);
  }
}

function firstOf(list: Read<KubeObject[]>, matches: (object: KubeObject) => boolean): Read<KubeObject | undefined> {
  return list.known ? known(list.value.find(matches)) : list;
}

function unwrap<T>(result: Read<T>): T {
  if (result.known) return result.value;
  throw new Problem("unreadable", { evidence: result.reason });
}
