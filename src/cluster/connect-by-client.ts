import type { RequestOptions } from "node:https";
import type { KubeConfig } from "@kubernetes/client-node";
import { Problem } from "../project/problem.ts";
import type { Connection } from "./connection.ts";

/** With @kubernetes/client-node's own authentication and TLS, as they are. */
export function connectByClient(kubeConfig: KubeConfig): Connection {
  const cluster = kubeConfig.getCurrentCluster();
  return {
    server: cluster?.server.replace(/\/$/, "") ?? "",
    async options() {
      if (!cluster)
        throw new Problem("cluster-unreachable", {
          destiny: { kind: "person" },
          evidence: "the kubeconfig names no current cluster",
        });
      const options: RequestOptions = {};
      await kubeConfig.applyToHTTPSOptions(options);
      return options;
    },
  };
}
