import type { RequestListener } from "node:http";
import type { Logger } from "pino";
import { createWebhookReceiver } from "../github/create-webhook-receiver.ts";
import type { Route } from "../http/start-http.ts";
import type { RepositoryName } from "../project/ports/github.ts";

/** Who calls us: GitHub where it has a secret to sign with, Slack where it is served over HTTP. */
export function routesOf(options: {
  webhookSecret: string | undefined;
  slack: RequestListener | undefined;
  onHint: (repository: RepositoryName) => void;
  log: Logger;
}): Route[] {
  const { webhookSecret: secret, slack, onHint, log } = options;
  const routes: Route[] = [];
  if (secret !== undefined)
    routes.push({
      method: "POST",
      path: "/github/webhooks",
      handler: createWebhookReceiver({ secret, onHint: (hint) => onHint(hint.repository), log }),
    });
  if (slack) routes.push({ method: "POST", path: "/slack/events", handler: slack });
  return routes;
}
