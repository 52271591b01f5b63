import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:tls";
import { KubeConfig } from "@kubernetes/client-node";
import { startApiServer } from "../../../../src/sandbox/cluster/api/start-api-server.ts";
import { connection } from "../../../contract/connection.ts";
import type { Site } from "../../../contract/controllers/site.ts";
import { startSurroundings } from "../../../contract/controllers/start-surroundings.ts";
import { askRoute } from "./ask-route.ts";
import { startCluster } from "./start-cluster.ts";
import { startRegistry } from "./start-registry.ts";
import { tarOf } from "./tar-of.ts";

/** As the testbed's application. */
const SERVER = `
if (process.env.FAIL) {
  console.error("app: told to fail with exit code " + process.env.FAIL);
  process.exit(Number(process.env.FAIL));
}
const listen = () => require("node:http")
  .createServer((request, response) => response.end("hello from app at " + request.url + "\\n"))
  .listen(Number(process.env.PORT), "127.0.0.1");
setTimeout(listen, Number(process.env.START_SECONDS ?? 0) * 1000);
process.on("SIGTERM", () => process.exit(0));
`;
const FILES = { "app/server.js": SERVER };
const NODE = "49.232.237.136";

/** The simulated cluster in this process, a minute of it a second, with real git and a real registry beside it. */
export async function startSimulatedSite(): Promise<Site> {
  const beside = await startSurroundings(
    { address: "127.0.0.1", gitPort: 0, registryPort: 0, githubPort: 0 },
    {
      layer: await tarOf(FILES),
      entrypoint: ["node", "/app/server.js"],
      labels: { "dev.slipway.sandbox/run": "node" },
    },
  );
  const open = await startRegistry();
  await open.push("testbed/app:1", FILES);
  const gone = await startRegistry();
  await gone.close();
  const mirrors = { "ghcr.io": beside.registryUrl, "docker.io": open.url };
  const cluster = await startCluster({ mirrors });
  const { store, world, control } = cluster;
  const api = await startApiServer({ port: 0, host: "127.0.0.1", store, world });
  const config = new KubeConfig();
  config.loadFromString(api.kubeconfig());
  const reached = (port: number) => control.outside(NODE, port) === "open";

  return {
    server: connection(config),
    patience: { timeout: 45_000, interval: 50 },
    git: {
      url: beside.gitUrl,
      commit: beside.commit,
      cut: async () => control.cutSource(beside.gitUrl),
      mend: async () => control.mendSource(beside.gitUrl),
    },
    registry: {
      login: beside.login,
      push: beside.push,
      leave: async () => {
        mirrors["ghcr.io"] = gone.url;
      },
      comeBack: async () => {
        mirrors["ghcr.io"] = beside.registryUrl;
      },
    },
    outside: {
      get: async (host, path) =>
        reached(80) ? await askRoute(cluster.routePort, host, path) : { status: 0, text: "" },
      getSecurely: async (host, path) =>
        reached(443) ? await askRoute(cluster.secureRoutePort, host, path, "https:") : { status: 0, text: "" },
      certificate: async (host) => {
        const socket = connect({
          host: "127.0.0.1",
          port: cluster.secureRoutePort,
          servername: host,
          rejectUnauthorized: false,
        });
        await once(socket, "secureConnect");
        const { raw } = socket.getPeerCertificate();
        socket.destroy();
        return new X509Certificate(raw);
      },
    },
    dns: {
      set: async (name, address) => control.setDns(name, [address]),
      unset: async (name) => control.setDns(name, []),
      node: NODE,
      nobody: "203.0.113.7",
    },
    firewall: {
      close: async (port) => control.blockPort(port),
      open: async (port) => control.openPort(port),
    },
    close: async () => {
      await api.close();
      await cluster.close();
      await open.close();
      await beside.close();
      if (cluster.errors.length > 0)
        throw new AggregateError(cluster.errors, "controllers met what they do not expect");
    },
  };
}
