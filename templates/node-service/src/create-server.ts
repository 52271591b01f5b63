import * as http from "node:http";

/** The service, not yet listening. */
export function createServer(): http.Server {
  return http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (request.method !== "GET" && request.method !== "HEAD") return send(response, 405, { error: "method not allowed" });
    switch (pathname) {
      case "/":
        return send(response, 200, { message: "Hello from [[= name =]]!" });
      case "/healthz":
        return send(response, 200, { status: "ok" });
      default:
        return send(response, 404, { error: "not found" });
    }
  });
}

function send(response: http.ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(`${JSON.stringify(body)}\n`);
}
