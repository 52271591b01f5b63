/** What `spec.providerID` of a node begins with, by cloud. https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/node-v1/ */
const CLOUDS: Record<string, string> = {
  qcloud: "tencent",
  alicloud: "alibaba",
  aws: "aws",
  gce: "google",
  azure: "azure",
  hcloud: "hetzner",
};

/** `qcloud:///800002/ins-1` → `tencent`; k3s's own provider tells nothing. */
export function cloudOf(providerId: string | undefined): string {
  return CLOUDS[providerId?.split("://")[0] ?? ""] ?? "";
}
