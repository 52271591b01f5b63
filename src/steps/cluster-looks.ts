import type { Look } from "../project/look.ts";
import type { Ports } from "../project/ports/ports.ts";
import type { Settings } from "../project/settings.ts";

/** What is asked of the cluster whatever is launched; the doctor asks the same. */
type ClusterLook = (at: { ports: Pick<Ports, "cluster">; settings: Settings }) => Promise<Look>;

const flux: ClusterLook = async ({ ports }) => {
  const [source, kustomize] = await Promise.all([
    ports.cluster.serves("source.toolkit.fluxcd.io/v1", "GitRepository"),
    ports.cluster.serves("kustomize.toolkit.fluxcd.io/v1", "Kustomization"),
  ]);
  return source && kustomize
    ? { check: "flux", state: "ok", reason: "FluxPresent" }
    : { check: "flux", state: "failed", reason: "flux-missing" };
};

const ingressClass: ClusterLook = async ({ ports, settings }): Promise<Look> => {
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

const issuer: ClusterLook = async ({ ports, settings }) => {
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
const role: ClusterLook = async ({ ports }) => {
  const found = await ports.cluster.get({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    name: "slipway-project",
  });
  return found
    ? { check: "role", state: "ok", reason: "RolePresent" }
    : { check: "role", state: "failed", reason: "tenant-role-missing" };
};

export const clusterLooks = { flux, "ingress-class": ingressClass, issuer, role } satisfies Record<string, ClusterLook>;
