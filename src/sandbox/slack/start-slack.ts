import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { guardRequests } from "../shared/guard-requests.ts";
import { guardUpgrades } from "../shared/guard-upgrades.ts";
import type { Part } from "../shared/world.ts";
import { createEvents } from "./create-events.ts";
import { createSlack, type SlackOptions } from "./create-slack.ts";
import { createWorkspace } from "./create-workspace.ts";
import { createDelivery, type Delivery } from "./delivery/create-delivery.ts";
import type { Slack } from "./model.ts";
import { createClientFeed } from "./serve/create-client-feed.ts";
import { serveRequest } from "./serve/serve-request.ts";
import type { Workspace } from "./workspace.ts";

export interface SlackPart extends Part {
  /** Ends with /api/, as @slack/web-api wants its slackApiUrl. */
  apiUrl: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  workspace: Workspace;
}

/** The sandbox's Slack: Web API, Socket Mode and the people's clients on one port. `port` 0 takes a free one. */
export async function startSlack(
  options: SlackOptions & {
    port: number;
    host: string;
    /** Where other programs reach the server, when that is not `host`. */
    address?: string;
    /** Takes what is not Slack's: the console's page, on the same origin. True: it has answered, or will. */
    elsewhere?: (request: IncomingMessage, response: ServerResponse) => boolean;
    /** Delivery by HTTP to this URL in place of Socket Mode; it must answer already. */
    requestUrl?: string;
  },
): Promise<SlackPart> {
  const events = createEvents();
  const slack: Slack = createSlack({
    ...options,
    emit: events.emit,
    deliver: (envelope) => delivery.deliver(envelope),
  });
  const delivery: Delivery = createDelivery(slack);
  const workspace = createWorkspace(slack, events, delivery);
  const feed = createClientFeed(workspace);

  const server = createServer(
    guardRequests(async (request, response) => {
      if (options.elsewhere?.(request, response) !== true) await serveRequest(slack, workspace, request, response);
    }),
  );
  server.on(
    "upgrade",
    guardUpgrades((request, socket, head) => {
      if (request.url?.startsWith("/link/")) delivery.sockets.accept(request, socket, head);
      else feed.accept(request, socket, head);
    }),
  );
  server.listen(options.port, options.host);
  await once(server, "listening");
  // A listening TCP server has an AddressInfo; string and null are for pipes and servers that do not listen.
  const { port } = server.address() as AddressInfo;
  slack.address = `http://${options.address ?? options.host}:${port}`;
  if (options.requestUrl !== undefined) await delivery.deliverTo(options.requestUrl);

  return {
    url: slack.address,
    apiUrl: `${slack.address}/api/`,
    botToken: slack.tokens.bot,
    appToken: slack.tokens.app,
    signingSecret: slack.tokens.signingSecret,
    workspace,
    async close() {
      delivery.close();
      feed.close();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
