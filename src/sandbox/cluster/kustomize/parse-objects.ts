import { nameOf } from "./draft.ts";
import { isJsonObject } from "./is-json-object.ts";
import type { JsonObject } from "./json.ts";
import { parseYaml } from "./parse-yaml.ts";

/**
 * Kubernetes objects of one file, Lists opened.
 * https://github.com/kubernetes-sigs/kustomize/blob/api/v0.20.1/kyaml/yaml/rnode.go (GetValidatedMetadata)
 */
export function parseObjects(text: string, file: string): JsonObject[] {
  let documents: unknown[];
  try {
    documents = parseYaml(text);
  } catch (error) {
    throw new Error(`MalformedYAMLError: ${error instanceof Error ? error.message : String(error)} in File: ${file}`);
  }
  return documents.flatMap((document) => {
    if (!isJsonObject(document)) {
      throw new Error(`MalformedYAMLError: yaml: unmarshal errors: not an object in File: ${file}`);
    }
    const kind = String(document.kind ?? "");
    if (kind.endsWith("List") && Array.isArray(document.items)) {
      return document.items.filter(isJsonObject);
    }
    const seen = `{{${document.apiVersion ?? ""} ${kind}} {{${nameOf(document)} ${document.metadata && isJsonObject(document.metadata) ? (document.metadata.namespace ?? "") : ""}} map[] map[]}}`;
    if (!kind) {
      throw new Error(`missing kind in object ${seen}`);
    }
    if (!nameOf(document)) {
      throw new Error(`missing metadata.name in object ${seen}`);
    }
    return [document];
  });
}
