import { writeFile } from "node:fs/promises";
import { crdYaml } from "./crd-yaml.ts";

// Writes manifests/base/crd.yaml from src/project/project.ts. A test says when it is behind.
await writeFile(new URL("../manifests/base/crd.yaml", import.meta.url), crdYaml());
