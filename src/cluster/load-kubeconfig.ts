import { KubeConfig } from "@kubernetes/client-node";

/** From the file, else from the pod's own ServiceAccount. `context`: of several in the file. */
export function loadKubeconfig(file: string | undefined, context?: string): KubeConfig {
  const config = new KubeConfig();
  if (file === undefined) config.loadFromCluster();
  else config.loadFromFile(file);
  if (context !== undefined) config.setCurrentContext(context);
  return config;
}
