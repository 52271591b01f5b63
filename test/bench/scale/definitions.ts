import { setTimeout as sleep } from "node:timers/promises";
import { definition } from "../../builders/definition.ts";
import type { Call } from "./load-projects.ts";

/** Flux's and cert-manager's kinds, as far as the API server needs to know them to store them. */
const definitions = (
  [
    ["source.toolkit.fluxcd.io", "GitRepository", "gitrepositories", "Namespaced"],
    ["kustomize.toolkit.fluxcd.io", "Kustomization", "kustomizations", "Namespaced"],
    ["cert-manager.io", "Certificate", "certificates", "Namespaced"],
    ["cert-manager.io", "ClusterIssuer", "clusterissuers", "Cluster"],
    ["acme.cert-manager.io", "Challenge", "challenges", "Namespaced"],
  ] as const
).map(([group, kind, plural, scope]) => definition(group, kind, plural, scope));

/** Resolves once they are served. */
export async function installDefinitions(call: Call): Promise<void> {
  for (const definition of definitions)
    await call("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition);
  for (const { spec } of definitions)
    for (let tried = 0; !(await served(`/apis/${spec.group}/v1/${spec.names.plural}`, call)); tried += 1) {
      if (tried > 100) throw new Error(`${spec.names.plural} are not served`);
      await sleep(100);
    }
}

function served(path: string, call: Call): Promise<boolean> {
  return call("GET", path).then(
    () => true,
    () => false,
  );
}
