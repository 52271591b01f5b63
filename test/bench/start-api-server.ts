import { generateKeyPairSync, randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import { freePort } from "../../src/sandbox/free-port.ts";
import { type Started, startProcess } from "./start-process.ts";

const READY_SECONDS = 60;

export interface ApiServer {
  url: string;
  token: string;
  /** Its certificate, which is its own authority. */
  authority: string;
  kubeConfig: KubeConfig;
  kubeconfigFile: string;
  /** For what belongs to this run; goes with it. */
  directory: string;
  close(): Promise<void>;
}

/**
 * An etcd and a kube-apiserver of the bench's own on free ports of loopback, from the programs on PATH (`kube` of a
 * testbed, or a plain `kube-apiserver`). No controllers, no kubelet: nothing reacts to what is written but who watches.
 */
export async function startApiServer(): Promise<ApiServer> {
  const directory = await mkdtemp(join(tmpdir(), "slipway-bench-"));
  const parts: Started[] = [];
  // Also of a bench that is interrupted nothing is left.
  process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
  const close = async () => {
    for (const part of parts.reverse()) await part.end();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const etcd = await startEtcd(directory, parts);
    const token = randomBytes(16).toString("hex");
    const port = await freePort();
    const server = await startServer({ directory, etcd, token, port }, parts);
    const url = `https://127.0.0.1:${port}`;
    const authority = await made(join(directory, "apiserver.crt"), server);
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromOptions({
      clusters: [{ name: "bench", server: url, caData: Buffer.from(authority).toString("base64") }],
      users: [{ name: "administrator", token }],
      contexts: [{ name: "bench", cluster: "bench", user: "administrator" }],
      currentContext: "bench",
    });
    const kubeconfigFile = join(directory, "kubeconfig");
    await writeFile(kubeconfigFile, kubeConfig.exportConfig(), { mode: 0o600 });
    await ready(kubeConfig, server);
    return { url, token, authority, kubeConfig, kubeconfigFile, directory, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startEtcd(directory: string, parts: Started[]): Promise<string> {
  const [client, peer] = [`http://127.0.0.1:${await freePort()}`, `http://127.0.0.1:${await freePort()}`];
  const etcd = startProcess("etcd", [
    ...["--data-dir", join(directory, "etcd"), "--log-level", "error"],
    ...["--listen-client-urls", client, "--advertise-client-urls", client, "--listen-peer-urls", peer],
    // What is measured is who reads, not how safely it is kept.
    ...["--unsafe-no-fsync", "--quota-backend-bytes", String(8 * 2 ** 30)],
  ]);
  etcd.child.stdout?.resume();
  parts.push(etcd);
  return client;
}

async function startServer(
  given: { directory: string; etcd: string; token: string; port: number },
  parts: Started[],
): Promise<Started> {
  const { directory } = given;
  const key = join(directory, "service-account.key");
  const pair = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  await writeFile(key, pair.privateKey, { mode: 0o600 });
  const tokens = join(directory, "tokens.csv");
  await writeFile(tokens, `${given.token},administrator,administrator,"system:masters"\n`, { mode: 0o600 });
  const [command, ...verb] = await serverProgram();
  const server = startProcess(command, [
    ...verb,
    ...["--etcd-servers", given.etcd, "--bind-address", "127.0.0.1", "--secure-port", String(given.port)],
    ...["--cert-dir", directory, "--token-auth-file", tokens, "--authorization-mode", "RBAC"],
    ...["--service-account-issuer", "https://kubernetes.default.svc", "--service-account-key-file", key],
    ...["--service-account-signing-key-file", key, "--service-cluster-ip-range", "10.96.0.0/12"],
    ...["--endpoint-reconciler-type", "none", "--allow-privileged"],
    // Nobody makes the accounts that it would want a pod to have.
    ...["--disable-admission-plugins", "ServiceAccount"],
    // The bench itself writes faster than any cluster's controllers do.
    ...["--max-requests-inflight", "2000", "--max-mutating-requests-inflight", "2000"],
  ]);
  server.child.stdout?.resume();
  parts.push(server);
  return server;
}

async function serverProgram(): Promise<[string, ...string[]]> {
  for (const [name, ...verb] of [["kube-apiserver"], ["kube", "kube-apiserver"]] as const)
    for (const directory of (process.env.PATH ?? "").split(delimiter)) {
      const file = join(directory, name);
      const is = await access(file).then(
        () => true,
        () => false,
      );
      if (is) return [file, ...verb];
    }
  throw new Error("neither kube-apiserver nor kube is on PATH");
}

/** The certificate that it makes for itself as it starts. */
async function made(file: string, server: Started): Promise<string> {
  return until(server, () => readFile(file, "utf8"));
}

async function ready(kubeConfig: KubeConfig, server: Started): Promise<void> {
  const api = kubeConfig.makeApiClient(CoreV1Api);
  // A namespace is what its own start-up makes last of what the bench needs.
  await until(server, () => api.readNamespace({ name: "default" }));
}

async function until<T>(server: Started, look: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + READY_SECONDS * 1_000;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (server.child.exitCode !== null) throw new Error(`kube-apiserver ended: ${server.said()}`);
      if (Date.now() > deadline) throw new Error(`kube-apiserver was not ready: ${server.said()}`, { cause: error });
      await sleep(100);
    }
  }
}
