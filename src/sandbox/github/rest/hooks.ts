import type { Delivery, Hook } from "../state.ts";
import { deliver } from "../webhooks/deliver.ts";
import { ping } from "../webhooks/ping.ts";
import { noContent, ok } from "./answer.ts";
import { findHook, ownHooks } from "./find-hook.ts";
import { paginate } from "./paginate.ts";
import { presentDelivery, presentDeliveryItem, presentHook, presentHookConfig } from "./present-hook.ts";
import { notFound } from "./refuse.ts";
import type { Call, Route } from "./route.ts";
import { createHook, updateHook } from "./write-hook.ts";

const HOOKS = "/repos/{owner}/{repo}/hooks";
const ONE = `${HOOKS}/{hook_id}`;
const READ: Route["permission"] = ["repository_hooks", "read"];
const WRITE: Route["permission"] = ["repository_hooks", "write"];

export const hookRoutes: Route[] = [
  { operation: "repos/list-webhooks", method: "GET", path: HOOKS, permission: READ, handle: listHooks },
  { operation: "repos/create-webhook", method: "POST", path: HOOKS, permission: WRITE, handle: createHook },
  {
    operation: "repos/get-webhook",
    method: "GET",
    path: ONE,
    permission: READ,
    handle: (call) => ok(present(call, findHook(call))),
  },
  { operation: "repos/update-webhook", method: "PATCH", path: ONE, permission: WRITE, handle: updateHook },
  {
    operation: "repos/delete-webhook",
    method: "DELETE",
    path: ONE,
    permission: WRITE,
    handle: (call) => {
      const hook = findHook(call);
      call.hub.state.hooks = call.hub.state.hooks.filter((one) => one !== hook);
      return noContent();
    },
  },
  {
    operation: "repos/get-webhook-config-for-repo",
    method: "GET",
    path: `${ONE}/config`,
    permission: READ,
    handle: (call) => ok(presentHookConfig(findHook(call))),
  },
  {
    operation: "repos/ping-webhook",
    method: "POST",
    path: `${ONE}/pings`,
    permission: READ,
    handle: (call) => {
      const [hook, repository] = [findHook(call), call.repository()];
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
      const [hook, { guid, event, action, request }] = [findHook(call), findDelivery(call)];
      call.hub.background(async () => {
        await deliver(call.hub, hook, { guid, event, action, payload: request.payload, redelivery: true });
      });
      return { status: 202, body: {} };
    },
  },
];

function findDelivery(call: Call): Delivery {
  return findHook(call).deliveries.find((delivery) => String(delivery.id) === call.params.delivery_id) ?? notFound();
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

/** Paged by cursor and not by number. https://docs.github.com/en/rest/repos/webhooks#list-deliveries-for-a-repository-webhook */
function listDeliveries(call: Call) {
  const all = findHook(call).deliveries;
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
