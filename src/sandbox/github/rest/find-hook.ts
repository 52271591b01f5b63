import type { Hook } from "../state.ts";
import { notFound } from "./refuse.ts";
import type { Call } from "./route.ts";

export function ownHooks(call: Call): Hook[] {
  return call.hub.state.hooks.filter((hook) => hook.repositoryId === call.repository().id);
}

export function findHook(call: Call): Hook {
  return ownHooks(call).find((hook) => String(hook.id) === call.params.hook_id) ?? notFound();
}
