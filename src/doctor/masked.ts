import type { Look } from "../project/look.ts";
import { maskSecrets } from "../project/mask-secrets.ts";
import { shorten } from "../project/shorten.ts";

/** What strangers said may hold a secret. */
export function masked(line: Look): Look {
  const { params, evidence } = line;
  return {
    ...line,
    ...(params && {
      params: Object.fromEntries(
        Object.entries(params).map(([name, value]) => [name, typeof value === "string" ? maskSecrets(value) : value]),
      ),
    }),
    ...(evidence !== undefined && { evidence: shorten(evidence) }),
  };
}
