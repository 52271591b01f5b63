import { z } from "zod";
import type { Hook } from "../state.ts";
import { ping } from "../webhooks/ping.ts";
import { created, ok } from "./answer.ts";
import { findHook, ownHooks } from "./find-hook.ts";
import { presentHook } from "./present-hook.ts";
import { refuse } from "./refuse.ts";
import type { Call } from "./route.ts";

const config = z.object({
  url: z.string().optional(),
  content_type: z.enum(["json", "form"]).optional(),
  secret: z.string().optional(),
  insecure_ssl: z.union([z.string(), z.number()]).transform(String).optional(),
});

export function createHook(call: Call) {
  const { hub } = call;
  const wanted = call.body(
    z.object({
      name: z.literal("web").optional(),
      active: z.boolean().default(true),
      events: z.array(z.string()).default(["push"]),
      config: config.optional(),
    }),
  );
  const url = checkUrl(wanted.config?.url);
  const same = ownHooks(call).find((hook) => hook.config.url === url && sameEvents(hook.events, wanted.events));
  if (same) refuseHook("Hook already exists on this repository");
  if (ownHooks(call).length >= 20) refuseHook('The "push" event cannot have more than 20 hooks');
  const now = hub.now();
  const hook: Hook = {
    id: hub.nextId(),
    repositoryId: call.repository().id,
    active: wanted.active,
    events: wanted.events,
    config: {
      url,
      contentType: wanted.config?.content_type ?? "form",
      insecureSsl: wanted.config?.insecure_ssl ?? "0",
      ...(wanted.config?.secret ? { secret: wanted.config.secret } : {}),
    },
    createdAt: now,
    updatedAt: now,
    lastResponse: { code: null, status: "unused", message: null },
    deliveries: [],
  };
  hub.state.hooks.push(hook);
  const repository = call.repository();
  hub.background(async () => await ping(hub, hook, repository));
  return created(presentHook(call.hub, hook, call.repository()));
}

export function updateHook(call: Call) {
  const hook = findHook(call);
  const wanted = call.body(
    z.object({
      active: z.boolean().optional(),
      events: z.array(z.string()).optional(),
      add_events: z.array(z.string()).default([]),
      remove_events: z.array(z.string()).default([]),
      config: config.optional(),
    }),
  );
  hook.active = wanted.active ?? hook.active;
  const events = new Set([...(wanted.events ?? hook.events), ...wanted.add_events]);
  hook.events = [...events.difference(new Set(wanted.remove_events))];
  if (wanted.config) {
    // A config that is given replaces the whole, the secret too. https://docs.github.com/en/rest/repos/webhooks#update-a-repository-webhook
    hook.config = {
      url: checkUrl(wanted.config.url ?? hook.config.url),
      contentType: wanted.config.content_type ?? hook.config.contentType,
      insecureSsl: wanted.config.insecure_ssl ?? hook.config.insecureSsl,
      ...(wanted.config.secret ? { secret: wanted.config.secret } : {}),
    };
  }
  hook.updatedAt = call.hub.now();
  return ok(presentHook(call.hub, hook, call.repository()));
}

function checkUrl(url: string | undefined): string {
  if (!url) refuseHook("Config must contain URL for webhooks");
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) refuseHook("url is not a valid URL");
  return url;
}

function sameEvents(a: string[], b: string[]): boolean {
  return new Set(a).symmetricDifference(new Set(b)).size === 0;
}

function refuseHook(message: string): never {
  refuse(422, "Validation Failed", {
    errors: [{ resource: "Hook", code: "custom", message }],
    documentation: "https://docs.github.com/rest/repos/webhooks#create-a-repository-webhook",
  });
}
