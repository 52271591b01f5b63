import type { ClientEvent } from "../../../slack/client-api.ts";

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 4_000;

/**
 * The person's events, over as many WebSockets as it takes. `opened` is called for each one that opens:
 * what happened while there was none has to be read again.
 */
export function listen(
  person: string,
  on: { opened: () => void; lost: () => void; event: (event: ClientEvent) => void },
): () => void {
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = FIRST_PAUSE;
  let ended = false;

  const connect = () => {
    const url = new URL(`/client/events?person=${person}`, location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    socket = new WebSocket(url);
    socket.onopen = () => {
      pause = FIRST_PAUSE;
      on.opened();
    };
    socket.onmessage = ({ data }) => on.event(JSON.parse(data));
    socket.onclose = () => {
      if (ended) return;
      on.lost();
      timer = setTimeout(connect, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    };
  };
  connect();

  return () => {
    ended = true;
    clearTimeout(timer);
    socket?.close();
  };
}
