import { createRequire } from "node:module";
import { loadYaml } from "@kubernetes/client-node";
import { stringify } from "yaml";
import { z } from "zod";
import { projectResource } from "../../src/project/project.ts";

const load = createRequire(import.meta.url);
const typed = z.looseObject({ apiVersion: z.string(), kind: z.string() });

/** https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitor */
const serviceMonitor = z.strictObject({
  apiVersion: z.literal("monitoring.coreos.com/v1"),
  kind: z.literal("ServiceMonitor"),
  metadata: z.looseObject({ name: z.string(), namespace: z.string() }),
  spec: z.strictObject({
    selector: z.strictObject({ matchLabels: z.record(z.string(), z.string()) }),
    endpoints: z.array(z.strictObject({ port: z.string(), path: z.string(), interval: z.string() })),
  }),
});

interface Model {
  validate(): void;
}
const module = z.record(
  z.string(),
  z.custom<new (data: object) => Model>((value) => typeof value === "function"),
);

/**
 * Throws unless an API server would take it: types by Kubernetes' OpenAPI schemas, and no field that Kubernetes does not
 * know, which those schemas let pass and the client's models lose.
 */
export function checkManifest(given: unknown): void {
  const object = typed.parse(given);
  const { apiVersion, kind, ...data } = object;
  if (kind === "ServiceMonitor") return void serviceMonitor.parse(object);
  if (kind === "Project") return void z.strictObject(projectResource.shape).parse(object);
  const models = module.parse({ ...load(`../../node_modules/kubernetes-models/${apiVersion}/${kind}.js`) });
  const model = models[kind];
  if (!model) throw new Error(`no schema for ${apiVersion} ${kind}`);
  new model(data).validate();
  // The client knows a definition's schema by other names; test/cluster/definition.test.ts applies it.
  if (kind === "CustomResourceDefinition") return;
  const lost = firstLost(object, JSON.parse(JSON.stringify(loadYaml(stringify(object)))), kind);
  if (lost) throw new Error(`there is no field ${lost}`);
}

function firstLost(whole: unknown, part: unknown, path: string): string | undefined {
  if (typeof whole !== "object" || whole === null) return undefined;
  const own = new Map(typeof part === "object" && part !== null ? Object.entries(part) : []);
  for (const [name, value] of Object.entries(whole)) {
    // Words of the language, such as `from`, have an underscore there.
    const key = own.has(name) ? name : `_${name}`;
    if (!own.has(key)) return `${path}.${name}`;
    const deeper = firstLost(value, own.get(key), `${path}.${name}`);
    if (deeper) return deeper;
  }
  return undefined;
}
