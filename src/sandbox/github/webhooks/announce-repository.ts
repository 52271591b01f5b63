import type { Hub } from "../hub.ts";
import type { Repository } from "../state.ts";
import { basePayload } from "./base-payload.ts";

export function announceRepository(
  hub: Hub,
  repository: Repository,
  action: "created" | "deleted" | "renamed" | "transferred" | "archived" | "unarchived",
  changes?: Record<string, unknown>,
): void {
  hub.emit({
    repository,
    event: "repository",
    action,
    payload: { action, ...(changes ? { changes } : {}), ...basePayload(hub, repository, hub.person) },
  });
}
