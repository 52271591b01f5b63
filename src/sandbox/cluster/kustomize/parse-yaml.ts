import { parseAllDocuments } from "yaml";
import type { Json } from "./json.ts";

// Kubernetes reads YAML as sigs.k8s.io/yaml does, a 1.1 dialect in which `on` is true, without base 60 and timestamps.
const UNKNOWN_TO_KUBERNETES = ["tag:yaml.org,2002:timestamp"];
// `y` and `n` are names there, not booleans: https://github.com/kubernetes-sigs/kustomize/tree/kyaml/v0.20.1/kyaml/internal/forked

/** Every document of `text` that is not empty. Throws an Error worded as go-yaml does. */
export function parseYaml(text: string): Json[] {
  const documents = parseAllDocuments(text, {
    version: "1.1",
    uniqueKeys: false,
    customTags: (tags) =>
      tags
        .filter(
          (tag) =>
            typeof tag === "string" ||
            !(UNKNOWN_TO_KUBERNETES.includes(tag.tag) || ("format" in tag && tag.format === "TIME")),
        )
        .map((tag): typeof tag =>
          typeof tag !== "string" && tag.tag === "tag:yaml.org,2002:bool" && tag.test instanceof RegExp
            ? Object.assign({}, tag, { test: new RegExp(tag.test.source.replace("Y|y|", "").replace("N|n|", "")) })
            : tag,
        ),
  });
  const values: Json[] = [];
  for (const document of documents) {
    const error = document.errors[0];
    if (error) {
      const line = error.linePos?.[0].line ?? 1;
      throw new Error(`yaml: line ${line}: ${(error.message.split(" at line")[0] ?? "").toLowerCase()}`);
    }
    // What YAML 1.1 without timestamps, sets and binaries gives is JSON.
    const value = document.toJS() as Json;
    if (value !== null) {
      values.push(value);
    }
  }
  return values;
}
