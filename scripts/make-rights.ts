import { readFile, writeFile } from "node:fs/promises";
import { rightsManifest } from "./rights-manifest.ts";
import { withRightsTables } from "./rights-tables.ts";

// Writes manifests/base/rbac.yaml and the tables of docs/guide/security.md from src/evidence. A test says when they are behind.
const guide = new URL("../docs/guide/security.md", import.meta.url);
await writeFile(new URL("../manifests/base/rbac.yaml", import.meta.url), rightsManifest());
await writeFile(guide, withRightsTables(await readFile(guide, "utf8")));
