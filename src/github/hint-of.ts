import { z } from "zod";
import type { RepositoryName } from "../project/ports/github.ts";

/** Look at this repository again; `reason` is for the log alone. */
export interface WebhookHint {
  repository: RepositoryName;
  reason: string;
}

/** All that is read of a payload. Of an organisation's own events there may be no repository. */
const Payload = z.object({
  action: z.string().optional(),
  repository: z.object({ name: z.string().min(1), owner: z.object({ login: z.string().min(1) }) }).optional(),
});

/** `undefined`: not a payload; `"nothing"`: one that is about no repository. */
export function hintOf(event: string, body: string): WebhookHint | "nothing" | undefined {
  const payload = Payload.safeParse(parseJson(body));
  if (!payload.success) return undefined;
  const { action, repository } = payload.data;
  if (!repository) return "nothing";
  return {
    repository: { owner: repository.owner.login, name: repository.name },
    reason: action === undefined ? event : `${event}.${action}`,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
