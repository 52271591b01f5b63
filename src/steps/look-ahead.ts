import { checkName } from "../project/naming.ts";
import { isOurRepository } from "../project/our-repository.ts";
import { isOwnedBy } from "../project/ownership.ts";
import type { PreflightLine } from "../project/ports/launcher.ts";
import type { Ports } from "../project/ports/ports.ts";
import { Problem } from "../project/problem.ts";
import type { Project, ProjectSpec } from "../project/project.ts";
import type { Settings } from "../project/settings.ts";
import type { Template } from "../template/template.ts";

interface Ahead {
  name: string;
  spec: ProjectSpec;
  settings: Settings;
  ports: Ports;
  template: Template | undefined;
  /** Of a launch that has begun: what it made itself is no obstacle. */
  project?: Project;
}

type Look = (ahead: Ahead) => Promise<PreflightLine>;

/** Everything that can be known before the first thing is made, looked at all at once. */
export async function lookAhead(ahead: Ahead): Promise<PreflightLine[]> {
  const looks: Record<string, Look> = {
    name,
    template,
    repository,
    namespaces,
    hosts,
    flux,
    ingressClass,
    issuer,
    role,
  };
  return Promise.all(
    Object.entries(looks).map(async ([check, look]) => {
      try {
        return await look(ahead);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        const certain = error.destiny.kind === "person";
        return certain
          ? { check, state: "failed" as const, reason: error.code, params: { ...error.params, detail: error.evidence } }
          : {
              check,
              state: "unknown" as const,
              reason: "NotChecked",
              params: { check, detail: error.evidence, code: error.code },
            };
      }
    }),
  );
}

const name: Look = async (ahead): Promise<PreflightLine> => {
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

const template: Look = async (ahead) =>
  ahead.template
    ? { check: "template", state: "ok", reason: "TemplateKnown", params: { template: ahead.template.name } }
    : { check: "template", state: "failed", reason: "template-unknown", params: { template: ahead.spec.template } };

const repository: Look = async ({ spec, ports, name: projectName, project }) => {
  const { owner, repository: name } = spec;
  if (!(await ports.github.owner(owner)))
    return { check: "repository", state: "failed", reason: "owner-unknown", params: { owner } };
  const found = await ports.github.repository(owner, name);
  const params = { repository: `${owner}/${name}`, ...(found ? { url: found.url } : {}) };
  // The process may have died between making it and writing that down.
  if (!found || (project && isOurRepository(project, found)))
    return { check: "repository", state: "ok", reason: "RepositoryFree", params };
  return { check: "repository", state: "failed", reason: "repo-name-taken", params, proposal: `${projectName}-2` };
};

const namespaces: Look = async ({ spec, ports, project, name: projectName }) => {
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

const hosts: Look = async ({ spec, ports, name: projectName }): Promise<PreflightLine> => {
  const ingresses = await ports.cluster.list("networking.k8s.io/v1", "Ingress");
  const own = new Set(spec.environments.map(({ namespace }) => namespace));
  for (const { host } of spec.environments) {
    const taken = ingresses.find(
      (each) => !own.has(each.metadata.namespace ?? "") && JSON.stringify(each.spec).includes(`"host":"${host}"`),
    );
    if (taken)
      return {
        check: "host",
        state: "failed",
        reason: "ingress-host-conflict",
        params: { host, namespace: taken.metadata.namespace ?? "", ingress: taken.metadata.name },
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

const flux: Look = async ({ ports }) => {
  const [source, kustomize] = await Promise.all([
    ports.cluster.serves("source.toolkit.fluxcd.io/v1", "GitRepository"),
    ports.cluster.serves("kustomize.toolkit.fluxcd.io/v1", "Kustomization"),
  ]);
  return source && kustomize
    ? { check: "flux", state: "ok", reason: "FluxPresent" }
    : { check: "flux", state: "failed", reason: "flux-missing" };
};

const ingressClass: Look = async ({ ports, settings }): Promise<PreflightLine> => {
  const classes = (await ports.cluster.list("networking.k8s.io/v1", "IngressClass")).map(
    ({ metadata }) => metadata.name,
  );
  const wanted = settings.ingressClass ?? classes[0];
  if (wanted !== undefined && classes.includes(wanted))
    return { check: "ingress-class", state: "ok", reason: "IngressClassPresent", params: { class: wanted } };
  return {
    check: "ingress-class",
    state: "failed",
    reason: "ingress-class-missing",
    params: { class: wanted ?? "", present: classes.join(", ") },
  };
};

const issuer: Look = async ({ ports, settings }) => {
  if (settings.clusterIssuer === "none" || !(await ports.cluster.serves("cert-manager.io/v1", "ClusterIssuer")))
    return { check: "issuer", state: "warning", reason: "IssuerUnused" };
  const issuers = (await ports.cluster.list("cert-manager.io/v1", "ClusterIssuer")).map(
    ({ metadata }) => metadata.name,
  );
  const wanted = settings.clusterIssuer ?? issuers[0];
  if (wanted !== undefined && issuers.includes(wanted))
    return { check: "issuer", state: "ok", reason: "IssuerPresent", params: { issuer: wanted } };
  return settings.clusterIssuer === undefined
    ? { check: "issuer", state: "warning", reason: "IssuerUnused" }
    : { check: "issuer", state: "failed", reason: "cert-issuer-missing", params: { issuer: settings.clusterIssuer } };
};

/** Without the role that tenants are bound to, every apply of Flux would be refused. */
const role: Look = async ({ ports }) => {
  const found = await ports.cluster.get({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    name: "slipway-project",
  });
  return found
    ? { check: "role", state: "ok", reason: "RolePresent" }
    : { check: "role", state: "failed", reason: "tenant-role-missing" };
};
