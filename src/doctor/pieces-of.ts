import type { Condition } from "../facts/conditions.ts";
import type { EnvironmentFacts } from "../facts/environment-facts.ts";
import { evidenceOf } from "../facts/evidence-of.ts";
import type { Facts } from "../facts/facts.ts";
import { readingOf } from "../facts/reading-of.ts";
import { routeOf } from "../facts/route.ts";
import { workloadsApplied } from "../facts/workloads-applied.ts";
import type { Look } from "../project/look.ts";
import type { DoctorCheck } from "../project/look-reason.ts";
import type { SiteLook, SiteSeen } from "../project/ports/sites.ts";
import type { Project } from "../project/project.ts";
import { shorten } from "../project/shorten.ts";
import { paramsOfUnread, type Unread } from "../project/unread.ts";
import type { Found } from "./check.ts";

/** What stands of a project and how, piece by piece. Pure; what could not be read says why. */
export function piecesOf(project: Project, facts: Facts): Look[] {
  const many = facts.environments.length > 1;
  return [
    { check: "repository", ...repository(project, facts) },
    { check: "build", ...build(facts) },
    { check: "image", ...image(facts) },
    ...facts.environments.flatMap((here) =>
      environmentLooks.map(([check, look]): Look => {
        const found = look(here, project);
        const params = { ...found.params, environment: here.environment.name };
        return { check, ...found, ...(many ? { params } : {}) };
      }),
    ),
    ...facts.environments.flatMap(({ site }) =>
      site ? [...site.looks.map((look) => reachable(look, site)), ...unwatched(site)] : [],
    ),
    { check: "webhook", ...webhook(facts) },
  ];
}

const environmentLooks: readonly [DoctorCheck, (here: EnvironmentFacts, project: Project) => Found][] = [
  ["namespace", namespace],
  ["source", source],
  ["kustomization", kustomization],
  ["pods", pods],
  ["ingress", ingress],
  ["certificate", certificate],
];

const unread = (why: Unread): Found => ({ state: "unknown", reason: "NotLookedAt", params: paramsOfUnread(why) });

function repository(project: Project, { repository: read, head }: Facts): Found {
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

function build({ builds }: Facts): Found {
  const newest = Object.values(builds).at(-1);
  if (newest && !newest.known) return unread(newest.reason);
  if (!newest || newest.value.state === "none") return { state: "unknown", reason: "NotMadeYet" };
  const { run, state } = newest.value;
  const params = { number: run.number, status: run.conclusion ?? run.status, sha: run.sha.slice(0, 7) };
  if (run.status !== "completed") return { state: "warning", reason: "BuildRuns", params };
  return {
    state: state === "failed" ? "failed" : state === "succeeded" ? "ok" : "warning",
    reason: "BuildEnded",
    params,
  };
}

/** Of the newest commit that was looked for. */
function image({ images }: Facts): Found {
  const newest = Object.entries(images).at(-1);
  if (!newest) return { state: "unknown", reason: "NotMadeYet" };
  const [tag, read] = newest;
  if (!read.known) return unread(read.reason);
  return { state: read.value ? "ok" : "warning", reason: read.value ? "ImageThere" : "ImageNotThere", params: { tag } };
}

function namespace({ namespace: read, environment }: EnvironmentFacts): Found {
  if (!read.known) return unread(read.reason);
  if (!read.value) return { state: "unknown", reason: "NotMadeYet" };
  const going = read.value.deleting;
  const reason = going ? "NamespaceGoes" : "NamespaceStands";
  return { state: going ? "warning" : "ok", reason, params: { namespace: environment.namespace } };
}

/** Of the branch: the others are held at commits, and do not change. */
function source({ sources }: EnvironmentFacts, { metadata }: Project): Found {
  if (!sources.known) return unread(sources.reason);
  return ready(sources.value.find(({ name }) => name === metadata.name));
}

function kustomization({ kustomization: read }: EnvironmentFacts): Found {
  return read.known ? ready(read.value) : unread(read.reason);
}

/** As Flux says it of its own object. https://fluxcd.io/flux/components/source/gitrepositories/#conditions */
function ready(object: { suspended: boolean; conditions: { Ready?: Condition } } | undefined): Found {
  if (!object) return { state: "unknown", reason: "NotMadeYet" };
  if (object.suspended) return { state: "warning", reason: "FluxSuspended" };
  const condition = object.conditions.Ready;
  if (!condition) return { state: "warning", reason: "FluxUnseen" };
  const params = { message: shorten(condition.message, 200) };
  if (condition.status === "True") return { state: "ok", reason: "FluxReady", params };
  return { state: condition.status === "False" ? "failed" : "warning", reason: "FluxNotReady", params };
}

/** Ready pods of the newest revisions, of those that are asked for. */
function pods(here: EnvironmentFacts): Found {
  if (!here.workloads.known) return unread(here.workloads.reason);
  const workloads = workloadsApplied(here).filter(({ kind }) => kind !== "Job");
  if (workloads.length === 0) return { state: "unknown", reason: "NotMadeYet" };
  const ready = workloads.reduce((sum, each) => sum + each.ready, 0);
  const count = workloads.reduce((sum, each) => sum + each.wanted, 0);
  const params = { ready, count };
  return { state: ready === count ? "ok" : ready === 0 ? "failed" : "warning", reason: "PodsReady", params };
}

function ingress({ ingresses, environment }: EnvironmentFacts): Found {
  if (!ingresses.known) return unread(ingresses.reason);
  const { host } = environment;
  const found = routeOf(ingresses.value, host);
  if (!found) return { state: "unknown", reason: "NotMadeYet" };
  const [address] = found.ingress.addresses;
  if (address === undefined) return { state: "warning", reason: "IngressUnserved", params: { host } };
  return { state: "ok", reason: "IngressServed", params: { host, address } };
}

/** The one that is not ready, if there is one. */
function certificate({ certificates }: EnvironmentFacts): Found {
  if (!certificates.known) return unread(certificates.reason);
  const found = certificates.value.find((each) => !each.ready) ?? certificates.value[0];
  if (!found) return { state: "ok", reason: "CertificateNone" };
  const condition = found.conditions.Ready;
  const params = { message: shorten(condition?.message ?? "", 200) };
  if (found.ready) return { state: "ok", reason: "CertificateStands", params };
  return { state: condition?.status === "False" ? "failed" : "warning", reason: "CertificateNotReady", params };
}

function reachable(look: SiteLook, site: SiteSeen): Look {
  const { from, outcome, target } = look;
  const params = { vantage: from, host: target.host, port: target.port };
  const reading = readingOf(look, site);
  const line = (found: Found): Look => ({ check: "reachable", ...found });
  switch (reading.kind) {
    case "served": {
      const { status } = reading;
      return line({ state: status < 500 ? "ok" : "warning", reason: "Answers", params: { ...params, status } });
    }
    case "mute":
      return line({ ...unread(reading.reason), params: { ...paramsOfUnread(reading.reason), from } });
    case "silent":
      return line({ state: "failed", reason: "AnswersNot", params: { ...params, outcome: outcome.state } });
    case "trouble": {
      const { why } = reading;
      return line({
        state: "failed",
        reason: "AnswersNot",
        params: { ...params, outcome: outcome.state, why },
        evidence: evidenceOf(look),
      });
    }
  }
}

/** Does GitHub tell of this repository? By what its webhook's newest delivery was answered with. */
function webhook({ webhook: read }: Facts): Found {
  if (!read.known) return unread(read.reason);
  if (!read.value) return { state: "warning", reason: "WebhookNone" };
  switch (read.value.state) {
    case "gone":
      return { state: "failed", reason: "WebhookGone" };
    case "unused":
      return { state: "unknown", reason: "WebhookUnused" };
    case "answered":
    case "unsigned":
    case "undelivered": {
      const { event, status, at } = read.value.last;
      const found = { reason: "WebhookAnswered" as const, params: { event, status } };
      if (read.value.state === "answered") return { state: "ok", ...found };
      return { state: "failed", ...found, evidence: at.toISOString() };
    }
  }
}

/** What answers inside may be blocked for everybody else. */
function unwatched({ from }: SiteSeen): Look[] {
  return from.every((name) => name === "inside")
    ? [{ check: "reachable", state: "unknown", reason: "OutsideUnwatched" }]
    : [];
}
