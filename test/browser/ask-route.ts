import { request } from "node:http";
import { text } from "node:stream/consumers";

/** What a URL of the sandbox answers; names below .localhost are loopback's, which Node's resolver may not know. */
export function askRoute(url: string): Promise<{ status: number | undefined; body: string }> {
  const { host, port, pathname } = new URL(url);
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path: pathname, headers: { host } }, (answer) => {
      text(answer).then((body) => resolve({ status: answer.statusCode, body }), reject);
    })
      .on("error", reject)
      .end();
  });
}
