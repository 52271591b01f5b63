import type { Testbed } from "../test/cluster/testbed.ts";

/** What a cluster's words depend on, as it tells it itself. */
export async function readVersions(at: Testbed): Promise<Record<string, string>> {
  const node = await at.kubectl("get", "nodes", "-o", "jsonpath={.items[0].status.nodeInfo}");
  const { kubeletVersion, containerRuntimeVersion }: Record<string, string> = JSON.parse(node);
  const images = await at.kubectl(
    ...["get", "deployments", "-A", "-o"],
    'jsonpath={range .items[*]}{.spec.template.spec.containers[0].image}{"\\n"}{end}',
  );
  const versionOf = (name: string) => new RegExp(`/${name}:v?(\\S+)`).exec(images)?.[1] ?? "";
  return {
    on: new Date().toISOString().slice(0, 10),
    kubernetes: kubeletVersion?.slice(1) ?? "",
    flux: ["source-controller", "kustomize-controller"].map((name) => `${name} ${versionOf(name)}`).join(", "),
    certManager: versionOf("cert-manager-controller"),
    traefik: versionOf("traefik"),
    containerd: containerRuntimeVersion?.replace(/^containerd:\/\//, "") ?? "",
  };
}
