import type { Ports } from "../project/ports/ports.ts";
import type { Settings } from "../project/settings.ts";

/** `CLUSTER_ISSUER=none`: certificates are somebody else's. */
const NONE = "none";

/** Ingress class and issuer, found in the cluster where configuration does not name them. */
export async function resolveSettings(settings: Settings, { cluster }: Ports): Promise<Settings> {
  const [ingressClass, clusterIssuer] = await Promise.all([
    settings.ingressClass ?? firstName(cluster.list("networking.k8s.io/v1", "IngressClass")),
    settings.clusterIssuer ??
      cluster
        .serves("cert-manager.io/v1", "ClusterIssuer")
        .then((served) => (served ? firstName(cluster.list("cert-manager.io/v1", "ClusterIssuer")) : undefined)),
  ]);
  return { ...settings, ingressClass, clusterIssuer: clusterIssuer === NONE ? undefined : clusterIssuer };
}

async function firstName(list: Promise<{ metadata: { name: string } }[]>): Promise<string | undefined> {
  return (await list).map(({ metadata }) => metadata.name).sort()[0];
}
