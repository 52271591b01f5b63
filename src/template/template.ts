import type { TemplateManifest } from "./template-manifest.ts";

/** A repository template as it was read: its manifest, and the files of the project to be. */
export interface Template extends TemplateManifest {
  /** Where it was read from; for messages. */
  directory: string;
  /** In the order of their paths. */
  files: TemplateFile[];
}

export interface TemplateFile {
  /** Below the template's directory, with `/`; may hold placeholders. */
  path: string;
  content: Uint8Array;
  /** As git names it. */
  mode: "100644" | "100755";
}
