import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { KubeConfig } from "@kubernetes/client-node";
import type { GitHubPart } from "./github/start.ts";
import { installManifests } from "./install-manifests.ts";
import type { Flags } from "./read-flags.ts";
import type { Part, World } from "./world.ts";

/** Either cluster, as the rest of the sandbox sees it. */
export interface ClusterSide extends Part {
  kind: "simulated" | "real";
  /** An administrator's. */
  kubeconfig: string;
  botKubeconfigFile: string;
  /** What of the bot's environment depends on the cluster. */
  environment: Record<string, string>;
}

export async function startCluster(options: {
  flags: Flags;
  port: number;
  routePort: number;
  world: World;
  github: GitHubPart;
  dataDir: string;
}): Promise<ClusterSide> {
  const { flags, dataDir } = options;
  if (flags.kubeconfig === undefined) throw new Error("the simulated cluster is not there yet; give --kubeconfig");
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromFile(flags.kubeconfig);
  await installManifests(kubeConfig);
  const kubeconfig = kubeConfig.exportConfig();
  const botKubeconfigFile = join(dataDir, "bot.kubeconfig");
  await writeFile(botKubeconfigFile, kubeconfig, { mode: 0o600 });
  return {
    kind: "real",
    url: kubeConfig.getCurrentCluster()?.server ?? "",
    kubeconfig,
    botKubeconfigFile,
    // A domain of one's own gets certificates; the made-up one could never.
    environment:
      flags.domain === undefined
        ? { BASE_DOMAIN: "sandbox.test", CLUSTER_ISSUER: "none" }
        : { BASE_DOMAIN: flags.domain },
    close: async () => {},
  };
}
