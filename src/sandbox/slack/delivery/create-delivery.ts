import type { Acknowledgement, Envelope, Slack } from "../model.ts";
import { createHttpDelivery } from "./create-http-delivery.ts";
import { createSocketMode, type SocketMode } from "./create-socket-mode.ts";
import { deliverEvent } from "./deliver-event.ts";
import { deliverInteraction } from "./deliver-interaction.ts";
import { verifyRequestUrl } from "./verify-request-url.ts";

export interface Delivery {
  sockets: SocketMode;
  deliver(envelope: Envelope): Promise<Acknowledgement>;
  /** A URL, verified first: HTTP from now on. `undefined`: Socket Mode again. */
  deliverTo(url: string | undefined): Promise<void>;
  close(): void;
}

/** The way to the app: Socket Mode, or HTTP once a request URL is set. */
export function createDelivery(slack: Slack): Delivery {
  const sockets = createSocketMode(slack);
  const ended = new AbortController();
  let requestUrl: string | undefined;

  return {
    sockets,
    deliver(envelope) {
      const attempt = requestUrl === undefined ? sockets.attempt : createHttpDelivery(slack, requestUrl);
      return envelope.type === "events_api"
        ? deliverEvent(slack, attempt, envelope, ended.signal)
        : deliverInteraction(slack, attempt, envelope, requestUrl === undefined);
    },
    async deliverTo(url) {
      if (url !== undefined) await verifyRequestUrl(slack, url);
      requestUrl = url;
    },
    close() {
      ended.abort();
      sockets.close();
    },
  };
}
