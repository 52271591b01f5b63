import { applyPatches } from "./apply-patches.ts";
import { type Draft, idOf, kindOf, metadataOf, nameOf } from "./draft.ts";
import { COMMON_ANNOTATIONS, COMMON_LABELS, type FieldSpec, TEMPLATE_LABELS } from "./field-specs.ts";
import type { Files } from "./files.ts";
import { generateObjects } from "./generate-objects.ts";
import { type Kustomization, parseKustomization } from "./parse-kustomization.ts";
import { parseObjects } from "./parse-objects.ts";
import { resolvePath } from "./resolve-path.ts";
import { setFields } from "./set-fields.ts";
import { setImages } from "./set-images.ts";
import { setNamespace } from "./set-namespace.ts";

const FILE_NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

export interface BuildContext {
  files: Files;
  /** How the artifact's root is called in messages. */
  root: string;
  /** Replaces what the file of the first directory says (Flux merges its own fields in). */
  override?: (kustomization: Kustomization) => Kustomization;
}

/**
 * One kustomization and all it names, transformed in kustomize's order.
 * https://github.com/kubernetes-sigs/kustomize/blob/api/v0.20.1/internal/target/kusttarget_configplugin.go
 */
export function buildKustomization(context: BuildContext, directory: string, visited: readonly string[] = []): Draft[] {
  const kustomization = load(context, directory);
  const where = { files: context.files, directory, root: context.root };
  let drafts = accumulate(context, kustomization, directory, [...visited, directory]);
  drafts = generateObjects(drafts, kustomization, where);
  const legacy = kustomization.patchesStrategicMerge.map((entry) =>
    entry.includes("\n") ? { patch: entry } : { path: entry },
  );
  drafts = applyPatches(drafts, [...legacy, ...kustomization.patches], where);
  drafts = drafts.map((draft) => ({ ...draft, object: structuredClone(draft.object), names: [...draft.names] }));
  if (kustomization.namespace) {
    setNamespace(drafts, kustomization.namespace);
  }
  for (const draft of drafts) {
    setAffixes(draft, kustomization);
    for (const { pairs, specs } of labelsOf(kustomization)) {
      setFields(draft.object, pairs, specs);
    }
    setFields(draft.object, kustomization.commonAnnotations ?? {}, COMMON_ANNOTATIONS);
  }
  drafts = applyPatches(drafts, kustomization.patchesJson6902, where);
  setReplicas(drafts, kustomization);
  for (const { object } of drafts) {
    setImages(object, kustomization.images);
  }
  return drafts;
}

function load(context: BuildContext, directory: string): Kustomization {
  const found = FILE_NAMES.map((name) => context.files.read(resolvePath(directory, name))).filter(
    (text) => text !== undefined,
  );
  const text = found[0];
  const full = fullPath(context, directory);
  if (text === undefined) {
    throw new Error(
      `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${full}'`,
    );
  }
  if (found.length > 1) {
    throw new Error(`Found multiple kustomization files under: ${full}\n`);
  }
  const parsed = parseKustomization(text);
  return context.override ? context.override(parsed) : parsed;
}

const fullPath = (context: BuildContext, path: string) => resolvePath(context.root, path);

/** https://github.com/kubernetes-sigs/kustomize/blob/api/v0.20.1/internal/target/kusttarget.go (accumulateResources) */
function accumulate(
  context: BuildContext,
  kustomization: Kustomization,
  directory: string,
  visited: readonly string[],
): Draft[] {
  const drafts: Draft[] = [];
  for (const entry of [...kustomization.resources, ...kustomization.bases]) {
    const path = resolvePath(directory, entry);
    const added = context.files.isDirectory(path)
      ? accumulateDirectory(context, entry, path, visited)
      : accumulateFile(context, entry, path);
    for (const draft of added) {
      const id = idOf(draft.object);
      if (drafts.some((other) => idOf(other.object) === id)) {
        const full = fullPath(context, path);
        throw new Error(
          `accumulating resources: accumulation err='merging resources from '${entry}': may not add resource with an already registered id: ${id}': must build at directory: '${full}': file is not directory`,
        );
      }
      drafts.push(draft);
    }
  }
  return drafts;
}

function accumulateDirectory(context: BuildContext, entry: string, path: string, visited: readonly string[]): Draft[] {
  const full = fullPath(context, path);
  const prefix = `accumulating resources: accumulation err='accumulating resources from '${entry}': read ${full}: is a directory'`;
  if (visited.includes(path)) {
    throw new Error(`${prefix}: cycle detected: candidate root '${full}' contains visited root '${full}'`);
  }
  try {
    return buildKustomization({ ...context, override: undefined }, path, visited);
  } catch (error) {
    throw new Error(`${prefix}: recursed accumulation of path '${full}': ${messageOf(error)}`);
  }
}

function accumulateFile(context: BuildContext, entry: string, path: string): Draft[] {
  const full = fullPath(context, path);
  const text = context.files.read(path);
  if (text === undefined) {
    const missing = `evalsymlink failure on '${full}' : lstat ${full}: no such file or directory`;
    throw new Error(
      `accumulating resources: accumulation err='accumulating resources from '${entry}': open ${full}: no such file or directory': must build at directory: not a valid directory: ${missing}`,
    );
  }
  try {
    return parseObjects(text, entry).map((object) => ({ object, names: [], needsHash: false }));
  } catch (error) {
    const message = messageOf(error);
    if (message.startsWith("MalformedYAMLError")) {
      throw new Error(`accumulating resources: accumulating resources from '${entry}': ${message}`);
    }
    throw new Error(
      `accumulating resources: accumulation err='accumulating resources from '${entry}': ${message}': must build at directory: '${full}': file is not directory`,
    );
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function setAffixes(draft: Draft, { namePrefix, nameSuffix }: Kustomization): void {
  const unnamed = ["CustomResourceDefinition", "APIService", "Namespace"];
  if ((namePrefix || nameSuffix) && !unnamed.includes(kindOf(draft.object))) {
    draft.names.push(nameOf(draft.object));
    metadataOf(draft.object).name = `${namePrefix ?? ""}${nameOf(draft.object)}${nameSuffix ?? ""}`;
  }
}

function labelsOf(kustomization: Kustomization): { pairs: Record<string, string>; specs: readonly FieldSpec[] }[] {
  return [
    ...kustomization.labels.map(({ pairs, includeSelectors, includeTemplates }) => ({
      pairs,
      specs: includeSelectors
        ? COMMON_LABELS
        : includeTemplates
          ? TEMPLATE_LABELS
          : [{ path: "metadata/labels", create: true }],
    })),
    { pairs: kustomization.commonLabels ?? {}, specs: COMMON_LABELS },
  ];
}

const REPLICATED = ["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"];

function setReplicas(drafts: readonly Draft[], kustomization: Kustomization): void {
  for (const { name, count } of kustomization.replicas) {
    const meant = drafts.filter(
      ({ object, names }) => REPLICATED.includes(kindOf(object)) && [...names, nameOf(object)].includes(name),
    );
    if (meant.length === 0) {
      const kinds = REPLICATED.map((kind) => `${kind}.[noVer].[noGrp]`).join(" ");
      throw new Error(`resource with name ${name} does not match a config with the following GVK [${kinds}]`);
    }
    for (const { object } of meant) {
      object.spec = {
        ...(typeof object.spec === "object" && !Array.isArray(object.spec) ? object.spec : {}),
        replicas: count,
      };
    }
  }
}
