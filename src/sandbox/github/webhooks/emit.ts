import type { HookEvent, Hub } from "../hub.ts";
import type { Hook } from "../state.ts";
import type { deliver } from "./deliver.ts";

interface Outgoing {
  hook: Hook;
  message: Parameters<typeof deliver>[2];
}

/** Sends an event to the hooks that want it, through the faults that are set: some are lost, doubled or held back until a later one has gone. */
export function createEmit(hub: Omit<Hub, "emit">, send: (outgoing: Outgoing) => void): (event: HookEvent) => void {
  const held: Outgoing[] = [];
  return (event) => {
    const { webhooks } = hub.faults;
    for (const hook of hub.state.hooks) {
      if (hook.repositoryId !== event.repository.id || !hook.active || !wants(hook, event.event)) continue;
      const guid = createGuid(hub);
      const outgoing = {
        hook,
        message: { guid, event: event.event, action: event.action, payload: event.payload, redelivery: false },
      };
      if (webhooks.drop > 0) {
        webhooks.drop -= 1;
        continue;
      }
      if (webhooks.reorder > 0) {
        webhooks.reorder -= 1;
        held.push(outgoing);
        continue;
      }
      send(outgoing);
      if (webhooks.double > 0) {
        webhooks.double -= 1;
        send(outgoing);
      }
      for (const late of held.splice(0).reverse()) send(late);
    }
  };
}

function wants(hook: Hook, event: string): boolean {
  return event === "ping" || hook.events.includes("*") || hook.events.includes(event);
}

export function createGuid(hub: Pick<Hub, "world">): string {
  const hex = (length: number) => hub.world.random.text(length, "0123456789abcdef");
  return `${hex(8)}-${hex(4)}-11ef-${hex(4)}-${hex(12)}`;
}
