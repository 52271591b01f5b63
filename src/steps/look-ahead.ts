import { ingressOf } from "../facts/ingress.ts";
import type { Look } from "../project/look.ts";
import { lookOfProblem } from "../project/look-of-problem.ts";
import { checkName } from "../project/naming.ts";
import { isOurRepository } from "../project/our-repository.ts";
import { isOwnedBy } from "../project/ownership.ts";
import type { Ports } from "../project/ports/ports.ts";
import { Problem } from "../project/problem.ts";
import type { Project, ProjectSpec } from "../project/project.ts";
import { sameRepositoryName } from "../project/same-repository-name.ts";
import type { Settings } from "../project/settings.ts";
import { paramsOfUnread } from "../project/unread.ts";
import type { Template } from "../template/template.ts";
import { clusterLooks } from "./cluster-looks.ts";

interface Ahead {
  name: string;
  spec: ProjectSpec;
  settings: Settings;
  ports: Ports;
  template: Template | undefined;
  /** Of a launch that has begun: what it made itself is no obstacle. */
  project?: Project;
  /** Milliseconds that each look may take; what has not answered by then is not known. Absent: as long as it takes. */
  patience?: number;
}

type Check = "name" | "template" | "repository" | "namespaces" | "hosts" | keyof typeof clusterLooks;

type LookUp = (ahead: Ahead) => Promise<Look>;

/** Everything that can be known before the first thing is made, looked at all at once. */
export async function lookAhead(ahead: Ahead): Promise<Look[]> {
  const looks: Record<Check, LookUp> = { name, template, repository, namespaces, hosts, ...clusterLooks };
  // Its keys are just those.
  const checks = Object.keys(looks) as Check[];
  return Promise.all(checks.map((check) => looked(check, () => looks[check](ahead), ahead.patience)));
}

/** What a look gave; where it was refused for good that is what it found, and where it failed or hangs nothing is known. */
async function looked(check: Check, look: () => Promise<Look>, patience?: number): Promise<Look> {
  const late = Promise.withResolvers<Look>();
  const unknown = (ms: number): Look => ({
    check,
    state: "unknown",
    reason: "NotLookedAt",
    params: { check, ...paramsOfUnread({ because: "Late", seconds: ms / 1000, of: "look" }) },
  });
  const timer = patience && setTimeout(() => late.resolve(unknown(patience)), patience);
  try {
    return await Promise.race([look(), late.promise]);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return lookOfProblem(check, error);
  } finally {
    if (timer) clearTimeout(timer);
  }
}

const name: LookUp = async (ahead): Promise<Look> => {
  const checked = checkName(ahead.name);
  const params = { name: ahead.name };
  if (!checked.ok) {
    const { proposal } = checked;
    return { check: "name", state: "failed", reason: "name-illegal", params, ...(proposal ? { proposal } : {}) };
  }
  // A launch that has begun is its own project.
  if (!ahead.project && (await ahead.ports.projects.get(ahead.name)))
    return { check: "name", state: "failed", reason: "project-exists", params, proposal: `${ahead.name}-2` };
  return { check: "name", state: "ok", reason: "NameGood", params };
};

const template: LookUp = async (ahead) =>
  ahead.template
    ? { check: "template", state: "ok", reason: "TemplateKnown", params: { template: ahead.template.name } }
    : { check: "template", state: "failed", reason: "template-unknown", params: { template: ahead.spec.template } };

const repository: LookUp = async ({ spec, ports, name: projectName, project }) => {
  const { owner, repository: name } = spec;
  if (!(await ports.github.owner(owner)))
    return { check: "repository", state: "failed", reason: "owner-unknown", params: { owner } };
  const found = await ports.github.repository(owner, name);
  const params = {
    repository: `${owner}/${name}`,
    ...(found ? { url: found.url } : {}),
    ...(found && !sameRepositoryName(found, { owner, name }) ? { now: `${found.owner}/${found.name}` } : {}),
  };
  // The process may have died between making it and writing that down.
  if (!found || (project && isOurRepository(project, found)))
    return { check: "repository", state: "ok", reason: "RepositoryFree", params };
  return { check: "repository", state: "failed", reason: "repo-name-taken", params, proposal: `${projectName}-2` };
};

const namespaces: LookUp = async ({ spec, ports, project, name: projectName }) => {
  for (const { namespace } of spec.environments) {
    const found = await ports.cluster.get({ apiVersion: "v1", kind: "Namespace", name: namespace });
    if (found && !(project && isOwnedBy(project, found)))
      return {
        check: "namespace",
        state: "failed",
        reason: "namespace-taken",
        params: { namespace },
        proposal: `${projectName}-2`,
      };
  }
  return {
    check: "namespace",
    state: "ok",
    reason: "NamespaceFree",
    params: { namespace: spec.environments.map((each) => each.namespace).join(", ") },
  };
};

const hosts: LookUp = async ({ spec, ports, name: projectName }): Promise<Look> => {
  const own = new Set(spec.environments.map(({ namespace }) => namespace));
  const ingresses = await ports.cluster.list("networking.k8s.io/v1", "Ingress");
  const others = ingresses.map(ingressOf).filter(({ namespace }) => !own.has(namespace));
  for (const { host } of spec.environments) {
    const taken = others.find(({ rules }) => rules.some((rule) => rule.host === host));
    if (taken)
      return {
        check: "host",
        state: "failed",
        reason: "ingress-host-conflict",
        params: { host, namespace: taken.namespace, ingress: taken.name },
        proposal: `${projectName}-2`,
      };
  }
  return {
    check: "host",
    state: "ok",
    reason: "HostFree",
    params: { host: spec.environments.map(({ host }) => host).join(", ") },
  };
};
