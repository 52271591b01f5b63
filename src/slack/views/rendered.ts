import type { KnownBlock } from "@slack/types";

/** One message in both dialects: `plan` for workspaces that take plan blocks, `sections` for all. */
export interface Rendered {
  /** What notifications and screen readers say; escaped. */
  text: string;
  plan: KnownBlock[];
  sections: KnownBlock[];
}

/** Where both dialects are the same. */
export function rendered(text: string, blocks: KnownBlock[]): Rendered {
  return { text, plan: blocks, sections: blocks };
}
