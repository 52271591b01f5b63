import { request } from "node:http";

/** A GET of `host` through the router; the C library resolves `*.localhost` on few machines, so the address is given. */
export function askRoute(port: number, host: string, path = "/"): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path, headers: { host: `${host}:${port}` } }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    asked.on("error", reject);
    asked.end();
  });
}
