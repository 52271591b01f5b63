import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

/**
 * A server's listener whose errors end their own request at most. Node ends the process on an `error` that no listener
 * hears and on a rejection that nobody awaits: https://nodejs.org/api/events.html#error-events
 */
export function guardRequests(
  answer: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>,
): RequestListener {
  return (request, response) => {
    // A write after the end, say: the fault is here and not the client's, so it is told.
    response.on("error", (error) => process.emitWarning(error));
    const fail = (error: unknown) => {
      // Who has gone away gets no answer, and is no fault.
      if (response.destroyed && !response.writableFinished) return;
      const told = error instanceof Error ? error : new Error(String(error));
      process.emitWarning(told);
      if (response.writableEnded) return;
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { "content-type": "text/plain; charset=utf-8" }).end(`${told.stack}\n`);
    };
    const run = async () => await answer(request, response);
    run().catch(fail);
  };
}
