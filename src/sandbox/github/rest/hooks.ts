import { z } from "zod";
import type { Delivery, Hook } from "../state.ts";
import { deliver } from "../webhooks/deliver.ts";
import { ping } from "../webhooks/ping.ts";
import { created, noContent, ok } from "./answer.ts";
import { paginate } from "./paginate.ts";
import { presentDelivery, presentDeliveryItem, presentHook, presentHookConfig } from "./present-hook.ts";
import { notFound, refuse } from "./refuse.ts";
import type { Call, Route } from "./route.ts";

const HOOKS = "/repos/{owner}/{repo}/hooks";
const ONE = `${HOOKS}/{hook_id}`;
const READ: Route["permission"] = ["repository_hooks", "read"];
const WRITE: Route["permission"] = ["repository_hooks", "write"];

const config = z.object({
  url: z.string().optional(),
  content_type: z.enum(["json", "form"]).optional(),
  secret: z.string().optional(),
  insecure_ssl: z.union([z.string(), z.number()]).transform(String).optional(),
});

export const hookRoutes: Route[] = [
  { operation: "repos/list-webhooks", method: "GET", path: HOOKS, permission: READ, handle: listHooks },
  { operation: "repos/create-webhook", method: "POST", path: HOOKS, permission: WRITE, handle: createHook },
  {
    operation: "repos/get-webhook",
    method: "GET",
    path: ONE,
    permission: READ,
    handle: (call) => ok(present(call, find(call))),
  },
  { operation: "repos/update-webhook", method: "PATCH", path: ONE, permission: WRITE, handle: updateHook },
  {
    operation: "repos/delete-webhook",
    method: "DELETE",
    path: ONE,
    permission: WRITE,
    handle: (call) => {
      const hook = find(call);
      call.hub.state.hooks = call.hub.state.hooks.filter((one) => one !== hook);
      return noContent();
    },
  },
  {
    operation: "repos/get-webhook-config-for-repo",
    method: "GET",
    path: `${ONE}/config`,
    permission: READ,
    handle: (call) => ok(presentHookConfig(find(call))),
  },
  {
    operation: "repos/ping-webhook",
    method: "POST",
    path: `${ONE}/pings`,
    permission: READ,
    handle: (call) => {
      const [hook, repository] = [find(call), call.repository()];
      call.hub.background(async () => await ping(call.hub, hook, repository));
      return noContent();
    },
  },
  {
    operation: "repos/list-webhook-deliveries",
    method: "GET",
    path: `${ONE}/deliveries`,
    permission: READ,
    handle: listDeliveries,
  },
  {
    operation: "repos/get-webhook-delivery",
    method: "GET",
    path: `${ONE}/deliveries/{delivery_id}`,
    permission: READ,
    handle: (call) => ok(presentDelivery(findDelivery(call), `${call.hub.address.api}${call.path}`)),
  },
  {
    operation: "repos/redeliver-webhook-delivery",
    method: "POST",
    path: `${ONE}/deliveries/{delivery_id}/attempts`,
    permission: WRITE,
    handle: (call) => {
      const [hook, { guid, event, action, request }] = [find(call), findDelivery(call)];
      call.hub.background(async () => {
        await deliver(call.hub, hook, { guid, event, action, payload: request.payload, redelivery: true });
      });
      return { status: 202, body: {} };
    },
  },
];

function ownHooks(call: Call): Hook[] {
  return call.hub.state.hooks.filter((hook) => hook.repositoryId === call.repository().id);
}

function find(call: Call): Hook {
  return ownHooks(call).find((hook) => String(hook.id) === call.params.hook_id) ?? notFound();
}

function findDelivery(call: Call): Delivery {
  return find(call).deliveries.find((delivery) => String(delivery.id) === call.params.delivery_id) ?? notFound();
}

function present(call: Call, hook: Hook) {
  return presentHook(call.hub, hook, call.repository());
}

function listHooks(call: Call) {
  const { items, headers } = paginate(call, ownHooks(call));
  return ok(
    items.map((hook) => present(call, hook)),
    headers,
  );
}

function createHook(call: Call) {
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
  return created(present(call, hook));
}

function updateHook(call: Call) {
  const hook = find(call);
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
  return ok(present(call, hook));
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

/** Paged by cursor and not by number. https://docs.github.com/en/rest/repos/webhooks#list-deliveries-for-a-repository-webhook */
function listDeliveries(call: Call) {
  const all = find(call).deliveries;
  const size = Math.min(100, Number(call.query.get("per_page") ?? 30) || 30);
  const cursor = call.query.get("cursor");
  const from = cursor
    ? Math.max(
        0,
        all.findIndex((delivery) => `v1_${delivery.id}` === cursor),
      )
    : 0;
  const next = all[from + size];
  const link = next ? `<${call.hub.address.api}${call.path}?per_page=${size}&cursor=v1_${next.id}>; rel="next"` : null;
  return ok(all.slice(from, from + size).map(presentDeliveryItem), link ? { link } : {});
}
