import { loadYaml } from "@kubernetes/client-node";
import { Deployment } from "kubernetes-models/apps/v1/Deployment";
import { Ingress } from "kubernetes-models/networking.k8s.io/v1/Ingress";
import { Service } from "kubernetes-models/v1/Service";
import { parse } from "yaml";
import { z } from "zod";

const models = {
  "apps/v1/Deployment": Deployment,
  "v1/Service": Service,
  "networking.k8s.io/v1/Ingress": Ingress,
} as const;

// https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
const kustomization = z.strictObject({
  apiVersion: z.literal("kustomize.config.k8s.io/v1beta1"),
  kind: z.literal("Kustomization"),
  namespace: z.string().optional(),
  resources: z.array(z.string()).min(1),
  patches: z
    .array(z.strictObject({ target: z.strictObject({ kind: z.string(), name: z.string() }), patch: z.string() }))
    .optional(),
});

const typed = z.looseObject({ apiVersion: z.string(), kind: z.string() });

/**
 * Throws unless the text is one object that an API server would take: types by Kubernetes' OpenAPI schemas, and no
 * field that Kubernetes does not know, which those schemas let pass and a read by the client's models loses.
 */
export function checkObject(text: string): Record<string, unknown> {
  const object = typed.parse(parse(text));
  if (object.kind === "Kustomization") return kustomization.parse(object);
  const model = Object.entries(models).find(([key]) => key === `${object.apiVersion}/${object.kind}`)?.[1];
  if (!model) throw new Error(`no schema for ${object.apiVersion} ${object.kind}`);
  const { apiVersion: _apiVersion, kind: _kind, ...data } = object;
  new model(data).validate();
  const known = JSON.parse(JSON.stringify(loadYaml(text)));
  const lost = missing(object, known, "");
  if (lost) throw new Error(`${object.kind} has no field ${lost}`);
  return object;
}

/** The first path of `whole` that `part` lacks. */
function missing(whole: unknown, part: unknown, path: string): string | undefined {
  if (typeof whole !== "object" || whole === null) return undefined;
  for (const [key, value] of Object.entries(whole)) {
    const own =
      typeof part === "object" && part !== null ? Object.entries(part).find(([name]) => name === key) : undefined;
    if (!own) return `${path}.${key}`;
    const deeper = missing(value, own[1], `${path}.${key}`);
    if (deeper) return deeper;
  }
  return undefined;
}
