import { request as requestPlainly } from "node:http";
import { request as requestSecurely } from "node:https";

/** A GET of `host` through the router; the C library resolves `*.localhost` on few machines, so the address is given. */
export function askRoute(
  port: number,
  host: string,
  path = "/",
  protocol: "http:" | "https:" = "http:",
): Promise<{ status: number; text: string }> {
  const request = protocol === "https:" ? requestSecurely : requestPlainly;
  const secure = protocol === "https:" ? { servername: host, rejectUnauthorized: false } : {};
  return new Promise((resolve, reject) => {
    const at = { host: "127.0.0.1", port, path, headers: { host: `${host}:${port}` }, ...secure };
    const asked = request(at, (answer) => {
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
