import type { Hub } from "../hub.ts";
import type { Repository } from "../state.ts";
import { basePayload } from "./base-payload.ts";

export function announceRepository(hub: Hub, repository: Repository, action: "created" | "deleted"): void {
  hub.emit({
    repository,
    event: "repository",
    action,
    payload: { action, ...basePayload(hub, repository, hub.person) },
  });
}
