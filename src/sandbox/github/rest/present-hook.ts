import type { Hub } from "../hub.ts";
import type { Delivery, Hook, Repository } from "../state.ts";
import { repositoryUrl } from "./present-repository.ts";

/** The schema `hook`. */
export function presentHook(hub: Hub, hook: Hook, repository: Repository) {
  const url = `${repositoryUrl(hub, repository)}/hooks/${hook.id}`;
  return {
    type: "Repository",
    id: hook.id,
    name: "web",
    active: hook.active,
    events: hook.events,
    config: presentHookConfig(hook),
    updated_at: hook.updatedAt,
    created_at: hook.createdAt,
    url,
    test_url: `${url}/tests`,
    ping_url: `${url}/pings`,
    deliveries_url: `${url}/deliveries`,
    last_response: hook.lastResponse,
  };
}

export function presentHookConfig({ config }: Hook) {
  return {
    content_type: config.contentType,
    insecure_ssl: config.insecureSsl,
    ...(config.secret ? { secret: "********" } : {}),
    url: config.url,
  };
}

/** The schema `hook-delivery-item`. */
export function presentDeliveryItem(delivery: Delivery) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt,
    redelivery: delivery.redelivery,
    duration: delivery.duration,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: null,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}

/** The schema `hook-delivery`. */
export function presentDelivery(delivery: Delivery, url: string) {
  return {
    ...presentDeliveryItem(delivery),
    url,
    request: { headers: delivery.request.headers, payload: delivery.request.payload },
    response: { headers: delivery.response.headers, payload: delivery.response.payload },
  };
}
