import { join } from "node:path";
import type { Hub } from "../hub.ts";
import type { Repository } from "../state.ts";

/** By id and not by name, so that a rename moves nothing. */
export function gitDirectory(hub: Pick<Hub, "dataDir">, repository: Repository): string {
  return join(hub.dataDir, "git", `${repository.id}.git`);
}
