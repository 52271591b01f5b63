import { KubeConfig } from "@kubernetes/client-node";
import { connection } from "../contract/connection.ts";
import { contract } from "../contract/contract.ts";

// Works in namespaces named contract-… and with the kind widgets.contract.slipway.dev, and leaves the rest of the cluster alone.
contract("the cluster of KUBECONFIG", async () => {
  const config = new KubeConfig();
  config.loadFromDefault();
  return connection(config);
});
