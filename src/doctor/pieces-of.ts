import { conditionOf } from "../project/condition-of.ts";
import { ingressOf } from "../project/ingress-of.ts";
import type { KubeObject } from "../project/ports/cluster.ts";
import type { DoctorLine } from "../project/ports/doctor.ts";
import type { ProbeResult } from "../project/ports/probes.ts";
import type { Project } from "../project/project.ts";
import type { Read } from "../project/read.ts";
import type { EnvironmentSnapshot, Snapshot } from "../project/snapshot.ts";
import type { Found } from "./check.ts";

/** What stands of a project and how, piece by piece. Pure; what could not be read says why. */
export function piecesOf(project: Project, snapshot: Snapshot): DoctorLine[] {
  const many = snapshot.environments.length > 1;
  return [
    { check: "repository", ...repository(project, snapshot) },
    { check: "build", ...build(snapshot) },
    { check: "image", ...image(snapshot) },
    ...snapshot.environments.flatMap((at) =>
      Object.entries(environmentLooks).map(([check, look]): DoctorLine => {
        const found = look(at);
        const params = { ...found.params, environment: at.environment.name };
        return { check, ...found, ...(many ? { params } : {}) };
      }),
    ),
    ...snapshot.environments.flatMap(({ probes }) =>
      [...probes.map(reachable), ...unwatched(probes)].map((found) => ({ check: "reachable", ...found })),
    ),
  ];
}

const environmentLooks = { namespace, source, kustomization, pods, ingress, certificate };

const unread = (detail: string): Found => ({ state: "unknown", reason: "NotLookedAt", params: { detail } });

function repository(project: Project, { repository: read, head }: Snapshot): Found {
  const full = `${project.spec.owner}/${project.spec.repository}`;
  if (!read.known) return unread(read.reason);
  if (!read.value) return { state: "unknown", reason: "NotMadeYet" };
  const commit = head.known ? head.value : undefined;
  const params = { repository: full, ...(commit ? { sha: commit.sha.slice(0, 7), title: commit.title } : {}) };
  switch (read.value.state) {
    case "here":
      return { state: "ok", reason: "RepositoryStands", params };
    case "archived":
      return { state: "warning", reason: "RepositoryArchived", params };
    case "moved": {
      const { owner, name } = read.value.repository;
      return { state: "failed", reason: "RepositoryMoved", params: { repository: full, now: `${owner}/${name}` } };
    }
    case "gone":
      return { state: "failed", reason: "RepositoryGone", params: { repository: full } };
  }
}

function build({ runs }: Snapshot): Found {
  if (!runs.known) return unread(runs.reason);
  const [run] = runs.value;
  if (!run) return { state: "unknown", reason: "NotMadeYet" };
  const params = { number: run.number, status: run.conclusion ?? run.status, sha: run.sha.slice(0, 7) };
  if (run.status !== "completed") return { state: "warning", reason: "BuildRuns", params };
  return { state: run.conclusion === "success" ? "ok" : "failed", reason: "BuildEnded", params };
}

/** Of the newest commit that was looked for. */
function image({ images }: Snapshot): Found {
  const newest = Object.entries(images).at(-1);
  if (!newest) return { state: "unknown", reason: "NotMadeYet" };
  const [tag, read] = newest;
  if (!read.known) return unread(read.reason);
  return { state: read.value ? "ok" : "warning", reason: read.value ? "ImageThere" : "ImageNotThere", params: { tag } };
}

function namespace({ namespace: read, environment }: EnvironmentSnapshot): Found {
  if (!read.known) return unread(read.reason);
  if (!read.value) return { state: "unknown", reason: "NotMadeYet" };
  const going = read.value.metadata.deletionTimestamp !== undefined;
  const reason = going ? "NamespaceGoes" : "NamespaceStands";
  return { state: going ? "warning" : "ok", reason, params: { namespace: environment.namespace } };
}

function source({ source: read }: EnvironmentSnapshot): Found {
  return ready(read);
}

function kustomization({ kustomization: read }: EnvironmentSnapshot): Found {
  return ready(read);
}

/** As Flux says it of its own object. https://fluxcd.io/flux/components/source/gitrepositories/#conditions */
function ready(read: Read<KubeObject | undefined>): Found {
  if (!read.known) return unread(read.reason);
  if (!read.value) return { state: "unknown", reason: "NotMadeYet" };
  if ((read.value.spec as { suspend?: unknown } | undefined)?.suspend === true)
    // read as unknown
    return { state: "warning", reason: "FluxSuspended" };
  const condition = conditionOf(read.value, "Ready");
  if (!condition) return { state: "warning", reason: "FluxUnseen" };
  const params = { message: condition.message.slice(0, 200) };
  if (condition.status === "True") return { state: "ok", reason: "FluxReady", params };
  return { state: condition.status === "False" ? "failed" : "warning", reason: "FluxNotReady", params };
}

function pods({ pods: read }: EnvironmentSnapshot): Found {
  if (!read.known) return unread(read.reason);
  const standing = read.value.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  if (standing.length === 0) return { state: "unknown", reason: "NotMadeYet" };
  const count = standing.filter((pod) => conditionOf(pod, "Ready")?.status === "True").length;
  const params = { ready: count, count: standing.length };
  return { state: count === standing.length ? "ok" : count === 0 ? "failed" : "warning", reason: "PodsReady", params };
}

function ingress({ ingresses, environment }: EnvironmentSnapshot): Found {
  if (!ingresses.known) return unread(ingresses.reason);
  const found = ingressOf(ingresses, environment.host);
  const { host } = environment;
  if (!found) return { state: "unknown", reason: "NotMadeYet" };
  const { ip, hostname } = found.status.loadBalancer.ingress[0] ?? {};
  const address = ip ?? hostname;
  if (address === undefined) return { state: "warning", reason: "IngressUnserved", params: { host } };
  return { state: "ok", reason: "IngressServed", params: { host, address } };
}

function certificate({ certificates }: EnvironmentSnapshot): Found {
  if (!certificates.known) return unread(certificates.reason);
  const [found] = certificates.value;
  if (!found) return { state: "ok", reason: "CertificateNone" };
  const condition = conditionOf(found, "Ready");
  const params = { message: condition?.message.slice(0, 200) ?? "" };
  if (condition?.status === "True") return { state: "ok", reason: "CertificateStands", params };
  return { state: condition?.status === "False" ? "failed" : "warning", reason: "CertificateNotReady", params };
}

function reachable({ from, outcome, target }: ProbeResult): Found {
  const params = { vantage: from, host: target.host, port: target.port };
  if (outcome.state === "answered") {
    const well = outcome.status < 500;
    return { state: well ? "ok" : "failed", reason: "Answers", params: { ...params, status: outcome.status } };
  }
  if (outcome.state === "unknown") return unread(outcome.detail);
  const told = "detail" in outcome && outcome.detail !== "" ? { evidence: outcome.detail } : {};
  return { state: "failed", reason: "AnswersNot", params: { ...params, outcome: outcome.state }, ...told };
}

/** What answers inside may be blocked for everybody else. */
function unwatched(probes: ProbeResult[]): Found[] {
  const blind = probes.length > 0 && probes.every(({ from }) => from === "inside");
  return blind ? [{ state: "unknown", reason: "OutsideUnwatched" }] : [];
}
