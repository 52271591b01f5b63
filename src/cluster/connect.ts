import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parse } from "yaml";
import type { Connection } from "./connection.ts";
import { createConnection } from "./create-connection.ts";
import { plainKubeconfig } from "./plain-kubeconfig.ts";

/** https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/#directly-accessing-the-rest-api */
const ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

/**
 * To the cluster of a kubeconfig file, else with the pod's own ServiceAccount. `context`: of several in the file.
 *
 * A ServiceAccount, a token or a client certificate need no more than Node's own https. All else (exec plugins, OIDC,
 * proxies, impersonation) is left to @kubernetes/client-node, which is loaded only then: its generated API is 50 MB of a
 * process that asks for JSON.
 */
export async function connect(file: string | undefined, context?: string): Promise<Connection> {
  if (file === undefined) return connectInCluster(process.env);
  const plain = plainKubeconfig(parse(await readFile(file, "utf8")), context);
  if (plain) {
    const beside = (name: string) => resolve(dirname(file), name);
    return createConnection(plain, beside);
  }
  const [{ KubeConfig }, { connectByClient }] = await Promise.all([
    import("@kubernetes/client-node"),
    import("./connect-by-client.ts"),
  ]);
  const config = new KubeConfig();
  config.loadFromFile(file);
  if (context !== undefined) config.setCurrentContext(context);
  return connectByClient(config);
}

function connectInCluster({ KUBERNETES_SERVICE_HOST: host = "", KUBERNETES_SERVICE_PORT: port = "443" }): Connection {
  return createConnection({
    server: `https://${host.includes(":") ? `[${host}]` : host}:${port}`,
    authority: { file: `${ACCOUNT}/ca.crt` },
    token: { file: `${ACCOUNT}/token` },
  });
}
