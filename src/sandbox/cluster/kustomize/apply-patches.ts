import { type Draft, groupVersionOf, idOf, kindOf, nameOf, namespaceOf } from "./draft.ts";
import type { Files } from "./files.ts";
import { isJsonObject } from "./is-json-object.ts";
import type { Json, JsonObject } from "./json.ts";
import { type JsonPatchOperation, jsonPatch } from "./json-patch.ts";
import type { Patch } from "./parse-kustomization.ts";
import { parseYaml } from "./parse-yaml.ts";
import { resolvePath } from "./resolve-path.ts";
import { selectDrafts } from "./select-drafts.ts";
import { strategicMerge } from "./strategic-merge.ts";

/**
 * `patches`, each a strategic merge or a JSON 6902 patch, told apart by its form.
 * https://github.com/kubernetes-sigs/kustomize/blob/api/v0.20.1/internal/builtins/PatchTransformer.go
 */
export function applyPatches(
  drafts: readonly Draft[],
  patches: readonly Patch[],
  where: { files: Files; directory: string; root: string },
): Draft[] {
  return patches.reduce<Draft[]>((current, patch) => applyPatch(current, patch, where), [...drafts]);
}

function applyPatch(
  drafts: readonly Draft[],
  patch: Patch,
  where: { files: Files; directory: string; root: string },
): Draft[] {
  const { text, source } = loadPatch(patch, where);
  let documents: Json[];
  try {
    // What begins like JSON has to be JSON.
    documents = text.startsWith("[") ? [JSON.parse(text)] : parseYaml(text);
  } catch {
    throw new Error(`unable to parse SM or JSON patch from ${source}`);
  }
  const operations = documents[0];
  if (Array.isArray(operations)) {
    return applyJsonPatch(drafts, patch, operations, source);
  }
  const merges = documents.filter(isJsonObject);
  if (merges.length === 0) {
    throw new Error(`unable to parse SM or JSON patch from ${source}`);
  }
  return applyMerges(drafts, patch, merges, source);
}

function loadPatch(patch: Patch, where: { files: Files; directory: string; root: string }) {
  const inline = patch.patch?.trim();
  const config = Object.entries(patch)
    .map(([key, value]) => `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}\n`)
    .join("");
  if (!inline && !patch.path) {
    throw new Error(
      `trouble configuring builtin PatchTransformer with config: \`\n${config}\`: must specify one of patch and path in\n${config}`,
    );
  }
  if (inline) {
    return { text: inline, source: `[patch: ${JSON.stringify(inline)}]` };
  }
  const path = resolvePath(where.directory, patch.path ?? "");
  const text = where.files.read(path);
  if (text === undefined) {
    const full = `${where.root}/${path}`;
    throw new Error(
      `trouble configuring builtin PatchTransformer with config: \`\n${config}\`: failed to get the patch file from path(${patch.path}): open ${full}: no such file or directory`,
    );
  }
  return { text, source: `[path: ${JSON.stringify(patch.path)}]` };
}

function applyJsonPatch(drafts: readonly Draft[], patch: Patch, operations: Json[], source: string): Draft[] {
  if (!patch.target) {
    throw new Error(`must specify a target for JSON patch ${source}`);
  }
  const selected = new Set(selectDrafts(drafts, patch.target));
  const parsed = operations.map(parseOperation);
  return drafts.map((draft) => (selected.has(draft) ? renamed(draft, jsonPatch(draft.object, parsed)) : draft));
}

function parseOperation(operation: Json): JsonPatchOperation {
  if (!isJsonObject(operation) || typeof operation.op !== "string" || typeof operation.path !== "string") {
    throw new Error("unable to parse SM or JSON patch");
  }
  return {
    op: operation.op,
    path: operation.path,
    from: typeof operation.from === "string" ? operation.from : undefined,
    value: operation.value,
  };
}

function applyMerges(drafts: readonly Draft[], patch: Patch, merges: readonly JsonObject[], source: string): Draft[] {
  if (patch.target && merges.length > 1) {
    throw new Error(
      `Multiple Strategic-Merge Patches in one \`patches\` entry is not allowed to set \`patches.target\` field: ${source}`,
    );
  }
  return merges.reduce<Draft[]>(
    (current, merge) => {
      const selected = new Set(patch.target ? selectDrafts(current, patch.target) : [findTarget(current, merge)]);
      return current.flatMap((draft) => {
        if (!selected.has(draft)) {
          return [draft];
        }
        const object = strategicMerge(draft.object, keepIdentity(merge, draft.object, patch));
        return object ? [renamed(draft, object)] : [];
      });
    },
    [...drafts],
  );
}

/** A merge never renames what it patches, unless told so. */
function keepIdentity(merge: JsonObject, target: JsonObject, patch: Patch): JsonObject {
  const metadata = isJsonObject(merge.metadata) ? merge.metadata : {};
  const { name: _name, namespace: _namespace, ...rest } = metadata;
  const kept: JsonObject = { ...merge, metadata: patch.options?.allowNameChange ? metadata : rest };
  if (!patch.options?.allowKindChange) {
    kept.kind = target.kind ?? null;
    kept.apiVersion = target.apiVersion ?? null;
  }
  return kept;
}

function findTarget(drafts: readonly Draft[], merge: JsonObject): Draft {
  const wanted = groupVersionOf(merge);
  const found = drafts.filter(({ object, names }) => {
    const has = groupVersionOf(object);
    return (
      has.group === wanted.group &&
      has.version === wanted.version &&
      kindOf(object) === kindOf(merge) &&
      [...names, nameOf(object)].includes(nameOf(merge)) &&
      (namespaceOf(merge) || "default") === (namespaceOf(object) || "default")
    );
  });
  const only = found[0];
  if (!only || found.length > 1) {
    const id = idOf(merge);
    const count = found.length > 1 ? `multiple matches for Id ${id}` : `no matches for Id ${id}`;
    throw new Error(
      `no resource matches strategic merge patch "${id}": ${count}; failed to find unique target for patch ${id}`,
    );
  }
  return only;
}

function renamed(draft: Draft, object: JsonObject): Draft {
  const before = nameOf(draft.object);
  return { ...draft, object, names: before === nameOf(object) ? draft.names : [...draft.names, before] };
}
