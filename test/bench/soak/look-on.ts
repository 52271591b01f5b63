import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import type { Sandbox } from "../../../src/sandbox/sandbox.ts";

/** A browser with the page open: it hears events, reads the drawer every two seconds, and is reloaded every half minute, not always in good order. */
export async function lookOn(sandbox: Sandbox, signal: AbortSignal): Promise<void> {
  const { url } = sandbox.slack;
  for (let reload = 0; !signal.aborted; reload += 1) {
    const socket = new WebSocket(`${url.replace("http:", "ws:")}/client/events`);
    socket.on("error", () => {});
    await fetch(url, { signal }).then((answer) => answer.text(), ignore);
    for (let look = 0; look < 15 && !signal.aborted; look += 1) {
      await fetch(`${url}/world`, { signal }).then((answer) => answer.text(), ignore);
      await sleep(2_000, undefined, { signal }).catch(ignore);
    }
    if (reload % 2 === 0) socket.close();
    else socket.terminate();
  }
}

const ignore = () => {};
