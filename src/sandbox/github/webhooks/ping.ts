import type { Hub } from "../hub.ts";
import { presentHook } from "../rest/present-hook.ts";
import type { Hook, Repository } from "../state.ts";
import { basePayload } from "./base-payload.ts";
import { deliver } from "./deliver.ts";
import { createGuid } from "./emit.ts";

const ZEN = [
  "Keep it logically awesome.",
  "Non-blocking is better than blocking.",
  "Approachable is better than simple.",
  "Speak like a human.",
];

/** The first thing a new hook hears. */
export async function ping(hub: Hub, hook: Hook, repository: Repository): Promise<void> {
  const zen = ZEN[Math.floor(hub.world.random.number() * ZEN.length)] ?? "Speak like a human.";
  const payload = {
    zen,
    hook_id: hook.id,
    hook: presentHook(hub, hook, repository),
    ...basePayload(hub, repository, hub.person),
  };
  await deliver(hub, hook, { guid: createGuid(hub), event: "ping", action: null, payload, redelivery: false });
}
