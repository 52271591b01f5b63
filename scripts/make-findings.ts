import { writeFile } from "node:fs/promises";
import { findingsPage } from "./findings-page.ts";

// Writes docs/findings.md from the rules and the catalogue of words. A test says when it is behind.
await writeFile(new URL("../docs/findings.md", import.meta.url), findingsPage());
