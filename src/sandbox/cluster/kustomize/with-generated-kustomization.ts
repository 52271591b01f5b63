import { stringify } from "yaml";
import type { Files } from "./files.ts";
import { isJsonObject } from "./is-json-object.ts";
import { parseYaml } from "./parse-yaml.ts";
import { resolvePath } from "./resolve-path.ts";

const FILE_NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/**
 * Flux writes a kustomization.yaml where there is none: every manifest below, and directories that have one of their own.
 * https://github.com/fluxcd/pkg/blob/kustomize/v1.22.0/kustomize/kustomize_generator.go (generateKustomization)
 */
export function withGeneratedKustomization(files: Files, directory: string): Files {
  const has = (at: string) => FILE_NAMES.some((name) => files.read(resolvePath(at, name)) !== undefined);
  if (has(directory) || !files.isDirectory(directory)) {
    return files;
  }
  const resources: string[] = [];
  const scan = (at: string, prefix: string) => {
    for (const name of files.list(at)) {
      const path = resolvePath(at, name);
      if (files.isDirectory(path)) {
        if (has(path)) {
          resources.push(`${prefix}${name}`);
        } else {
          scan(path, `${prefix}${name}/`);
        }
      } else if (/\.ya?ml$/.test(name) && isManifest(files.read(path) ?? "", path)) {
        resources.push(`${prefix}${name}`);
      }
    }
  };
  scan(directory, "");
  const generated = resolvePath(directory, "kustomization.yaml");
  const text = stringify({ apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization", resources });
  return { ...files, read: (path) => (path === generated ? text : files.read(path)) };
}

function isManifest(text: string, path: string): boolean {
  try {
    return parseYaml(text).every((value) => isJsonObject(value) && "kind" in value);
  } catch (error) {
    throw new Error(
      `failed to decode Kubernetes YAML from ${path}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
