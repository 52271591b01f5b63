import { readFile } from "node:fs/promises";
import type { KubeConfig } from "@kubernetes/client-node";
import { KubernetesObjectApi, PatchStrategy } from "@kubernetes/client-node";
import { parse, parseAllDocuments } from "yaml";
import { z } from "zod";

const MANIFESTS = new URL("../../manifests/base/", import.meta.url);
const kustomization = z.object({ resources: z.array(z.string()) });
const object = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
});

/** What an operator does with `kubectl apply -k manifests/base`, without needing kubectl: all but the bot's own Deployment. */
export async function installManifests(kubeConfig: KubeConfig): Promise<void> {
  const api = KubernetesObjectApi.makeApiClient(kubeConfig);
  const { resources } = kustomization.parse(parse(await readFile(new URL("kustomization.yaml", MANIFESTS), "utf8")));
  for (const file of resources) {
    for (const document of parseAllDocuments(await readFile(new URL(file, MANIFESTS), "utf8"))) {
      const wanted = object.parse(document.toJS());
      if (["Deployment", "PodDisruptionBudget", "NetworkPolicy"].includes(wanted.kind)) continue;
      await api.patch(wanted, undefined, undefined, "operator", true, PatchStrategy.ServerSideApply);
    }
  }
}
