import { type Draft, nameOf, namespaceOf } from "./draft.ts";
import type { Files } from "./files.ts";
import type { JsonObject } from "./json.ts";
import type { Generator, GeneratorOptions, Kustomization } from "./parse-kustomization.ts";
import { resolvePath } from "./resolve-path.ts";
import { strategicMerge } from "./strategic-merge.ts";

/** ConfigMaps and Secrets that a kustomization generates, added to `drafts` or merged with those of its bases. */
export function generateObjects(
  drafts: readonly Draft[],
  kustomization: Kustomization,
  where: { files: Files; directory: string; root: string },
): Draft[] {
  const generators = [
    ...kustomization.configMapGenerator.map((generator) => ({ kind: "ConfigMap", generator })),
    ...kustomization.secretGenerator.map((generator) => ({ kind: "Secret", generator })),
  ];
  return generators.reduce<Draft[]>(
    (current, { kind, generator }) => {
      const options = { ...kustomization.generatorOptions, ...generator.options };
      const object = generateObject(kind, generator, options, where);
      return place(current, object, generator, !options.disableNameSuffixHash);
    },
    [...drafts],
  );
}

function generateObject(
  kind: string,
  generator: Generator,
  options: GeneratorOptions,
  where: { files: Files; directory: string; root: string },
): JsonObject {
  const pairs = readPairs(generator, where);
  const data = Object.fromEntries(
    pairs.map(([key, value]) => [key, kind === "Secret" ? Buffer.from(value).toString("base64") : value]),
  );
  return {
    apiVersion: "v1",
    kind,
    metadata: {
      name: generator.name,
      ...(generator.namespace ? { namespace: generator.namespace } : {}),
      ...(options.labels ? { labels: options.labels } : {}),
      ...(options.annotations ? { annotations: options.annotations } : {}),
    },
    ...(pairs.length > 0 ? { data } : {}),
    ...(kind === "Secret" ? { type: generator.type ?? "Opaque" } : {}),
    ...(options.immutable ? { immutable: true } : {}),
  };
}

function place(drafts: readonly Draft[], object: JsonObject, generator: Generator, needsHash: boolean): Draft[] {
  const same = drafts.find(
    (draft) =>
      draft.object.kind === object.kind &&
      [...draft.names, nameOf(draft.object)].includes(generator.name) &&
      namespaceOf(draft.object) === (generator.namespace ?? ""),
  );
  const behavior = generator.behavior ?? "create";
  if (behavior === "create") {
    if (same) {
      throw new Error(
        `merging from generator: id resid.ResId{Kind:"${object.kind}", Name:"${generator.name}"} exists; behavior must be merge or replace`,
      );
    }
    return [...drafts, { object, names: [], needsHash }];
  }
  if (!same) {
    throw new Error(
      `merging from generator: id ${object.kind}/${generator.name} does not exist; cannot merge or replace`,
    );
  }
  const merged =
    behavior === "merge" ? strategicMerge(same.object, object) : { ...object, metadata: same.object.metadata ?? {} };
  return drafts.map((draft) => (draft === same && merged ? { ...draft, object: merged, needsHash } : draft));
}

function readPairs(
  generator: Generator,
  where: { files: Files; directory: string; root: string },
): [key: string, value: string][] {
  const envs = [...(generator.envs ?? []), ...(generator.env ? [generator.env] : [])];
  return [
    ...envs.flatMap((path) => envPairs(readSource("env", path, where))),
    ...(generator.literals ?? []).map((literal): [string, string] => {
      const at = literal.indexOf("=");
      if (at < 1) {
        throw new Error(
          `loading KV pairs: literal source ${literal}: invalid literal source ${literal}, expected key=value`,
        );
      }
      return [literal.slice(0, at), literal.slice(at + 1).replace(/^(["'])(.*)\1$/s, "$2")];
    }),
    ...(generator.files ?? []).map((entry): [string, string] => {
      const at = entry.indexOf("=");
      const path = entry.slice(at + 1);
      return [at > 0 ? entry.slice(0, at) : (path.split("/").at(-1) ?? path), readSource("file", path, where)];
    }),
  ];
}

function readSource(
  kind: "env" | "file",
  path: string,
  where: { files: Files; directory: string; root: string },
): string {
  const resolved = resolvePath(where.directory, path);
  const text = where.files.read(resolved);
  if (text === undefined) {
    const full = `${where.root}/${resolved}`;
    throw new Error(`loading KV pairs: ${kind} sources: [${path}]: open ${full}: no such file or directory`);
  }
  return text;
}

function envPairs(text: string): [string, string][] {
  return text
    .split("\n")
    .map((line) => line.replace(/^\s+/, "").replace(/\r$/, ""))
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const at = line.indexOf("=");
      return at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)];
    });
}
