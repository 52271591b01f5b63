import { z } from "zod";
import { isJsonObject } from "./is-json-object.ts";
import { parseYaml } from "./parse-yaml.ts";

const Labels = z.record(z.string(), z.coerce.string());
export const Selector = z.strictObject({
  group: z.string().optional(),
  version: z.string().optional(),
  kind: z.string().optional(),
  name: z.string().optional(),
  namespace: z.string().optional(),
  labelSelector: z.string().optional(),
  annotationSelector: z.string().optional(),
});
export const Patch = z.strictObject({
  path: z.string().optional(),
  patch: z.string().optional(),
  target: Selector.optional(),
  options: z.record(z.string(), z.boolean()).optional(),
});
export const Image = z.strictObject({
  name: z.string(),
  newName: z.string().optional(),
  newTag: z.string().optional(),
  tagSuffix: z.string().optional(),
  digest: z.string().optional(),
});
const GeneratorOptions = z.strictObject({
  labels: Labels.optional(),
  annotations: Labels.optional(),
  disableNameSuffixHash: z.boolean().optional(),
  immutable: z.boolean().optional(),
});
const Generator = z.strictObject({
  name: z.string(),
  namespace: z.string().optional(),
  behavior: z.enum(["create", "merge", "replace"]).optional(),
  files: z.array(z.string()).optional(),
  literals: z.array(z.string()).optional(),
  envs: z.array(z.string()).optional(),
  env: z.string().optional(),
  type: z.string().optional(),
  options: GeneratorOptions.optional(),
});
/**
 * What a kustomization.yaml may say here. Fields left out (components, replacements, vars, helmCharts, …) are refused by name.
 * https://github.com/kubernetes-sigs/kustomize/blob/api/v0.20.1/api/types/kustomization.go
 */
const Kustomization = z.strictObject({
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
  resources: z.array(z.string()).default([]),
  bases: z.array(z.string()).default([]),
  namespace: z.string().optional(),
  namePrefix: z.string().optional(),
  nameSuffix: z.string().optional(),
  labels: z
    .array(
      z.strictObject({
        pairs: Labels,
        includeSelectors: z.boolean().optional(),
        includeTemplates: z.boolean().optional(),
      }),
    )
    .default([]),
  commonLabels: Labels.optional(),
  commonAnnotations: Labels.optional(),
  patches: z.array(Patch).default([]),
  patchesStrategicMerge: z.array(z.string()).default([]),
  patchesJson6902: z.array(Patch).default([]),
  images: z.array(Image).default([]),
  replicas: z.array(z.strictObject({ name: z.string(), count: z.number() })).default([]),
  configMapGenerator: z.array(Generator).default([]),
  secretGenerator: z.array(Generator).default([]),
  generatorOptions: GeneratorOptions.optional(),
});

export type Kustomization = z.infer<typeof Kustomization>;
export type Selector = z.infer<typeof Selector>;
export type Patch = z.infer<typeof Patch>;
export type Image = z.infer<typeof Image>;
export type Generator = z.infer<typeof Generator>;
export type GeneratorOptions = z.infer<typeof GeneratorOptions>;

/** Throws Errors worded as kustomize words them: `invalid Kustomization: json: unknown field "foo"`. */
export function parseKustomization(text: string): Kustomization {
  let value: unknown;
  try {
    value = parseYaml(text)[0];
  } catch (error) {
    throw new Error(`invalid Kustomization: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (value === undefined) {
    throw new Error("kustomization.yaml is empty");
  }
  const parsed = Kustomization.safeParse(value);
  if (parsed.success) {
    return parsed.data;
  }
  throw new Error(`invalid Kustomization: json: ${firstProblem(parsed.error, value)}`);
}

// Worded by encoding/json: https://github.com/golang/go/blob/go1.25.0/src/encoding/json/decode.go
function firstProblem(error: z.ZodError, value: unknown): string {
  const unknown = error.issues.find((issue) => issue.code === "unrecognized_keys");
  if (unknown) {
    return `unknown field "${[...unknown.keys].sort()[0]}"`;
  }
  const issue = error.issues[0];
  const fields = issue?.path.filter((part) => typeof part === "string") ?? [];
  let at = value;
  for (const part of issue?.path ?? []) {
    at = Array.isArray(at) ? at[Number(part)] : isJsonObject(at) ? at[String(part)] : undefined;
  }
  if (at === undefined) {
    return `missing field "${fields.join(".")}"`;
  }
  const seen = Array.isArray(at) ? "array" : typeof at === "boolean" ? "bool" : typeof at;
  const wanted = issue?.code === "invalid_type" ? goType(issue.expected, fields) : "string";
  return `cannot unmarshal ${seen} into Go struct field Kustomization.${fields.join(".")} of type ${wanted}`;
}

function goType(expected: string, fields: readonly string[]): string {
  switch (expected) {
    case "array":
      return ["resources", "bases"].includes(fields.at(-1) ?? "") ? "[]string" : `[]types.${fields.at(-1)}`;
    case "boolean":
      return "bool";
    case "number":
      return "int64";
    case "record":
      return "map[string]string";
    default:
      return expected;
  }
}
