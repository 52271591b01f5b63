import { createServer } from "./create-server.ts";

const port = Number(process.env.PORT ?? 3000);
const server = createServer();

server.listen(port, () => console.log(`listening on port ${port}`));

// Kubernetes sends SIGTERM, then waits before it kills. What is being answered is answered to its end.
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => {
    console.log(`${signal}: no new requests, finishing those that run`);
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  });
}
