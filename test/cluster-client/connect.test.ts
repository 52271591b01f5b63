import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { connect } from "../../src/cluster/connect.ts";
import { plainKubeconfig } from "../../src/cluster/plain-kubeconfig.ts";
import { createRequest } from "../../src/cluster/request.ts";
import { makeCertificate } from "../../src/sandbox/cluster/api/make-certificate.ts";

const own = makeCertificate(["127.0.0.1"], new Date());
const person = makeCertificate(["person"], new Date(), "ada");
const base64 = (text: string) => Buffer.from(text).toString("base64");
let directory: string;
let server: Awaited<ReturnType<typeof startMirror>>;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "slipway-connect-"));
  server = await startMirror();
});
afterEach(async () => {
  await server.close();
  await rm(directory, { recursive: true, force: true });
});

/** Tells who asks: the token, the certificate's name, and how many connections there have been. */
async function startMirror() {
  let connections = 0;
  const listener = createServer(
    { cert: own.certificate, key: own.key, requestCert: true, rejectUnauthorized: false },
    (request, response) => {
      const shown = (request.socket as TLSSocket).getPeerCertificate(); // of an https server
      const who = { token: request.headers.authorization ?? "", name: shown.subject?.CN ?? "", connections };
      response.end(JSON.stringify(who));
    },
  );
  listener.on("secureConnection", () => {
    connections += 1;
  });
  await once(listener.listen(0, "127.0.0.1"), "listening");
  const { port } = listener.address() as AddressInfo; // of a TCP listener
  return {
    url: `https://127.0.0.1:${port}`,
    async close() {
      const closed = once(listener, "close");
      listener.close();
      listener.closeAllConnections();
      await closed;
    },
  };
}

const kubeconfig = (user: object, cluster: object = { "certificate-authority-data": base64(own.certificate) }) => ({
  apiVersion: "v1",
  kind: "Config",
  "current-context": "here",
  clusters: [{ name: "c", cluster: { server: server.url, ...cluster } }],
  users: [
    { name: "u", user },
    { name: "other", user: { token: "other" } },
  ],
  contexts: [
    { name: "here", context: { cluster: "c", user: "u", namespace: "x" } },
    { name: "there", context: { cluster: "c", user: "other" } },
  ],
});

/** Whom the server sees, of a kubeconfig file. */
async function seen(content: object, context?: string): Promise<unknown> {
  const file = join(directory, "config");
  await writeFile(file, stringify(content));
  return createRequest(await connect(file, context))("GET", "/");
}

describe("a kubeconfig", () => {
  test("with a token, and with another in another context", async () => {
    expect(await seen(kubeconfig({ token: "secret" }))).toMatchObject({ token: "Bearer secret" });
    expect(await seen(kubeconfig({ token: "secret" }), "there")).toMatchObject({ token: "Bearer other" });
  });

  test("with files beside it", async () => {
    await writeFile(join(directory, "token"), "from-file\n");
    await writeFile(join(directory, "ca.crt"), own.certificate);
    const asked = kubeconfig({ tokenFile: "token" }, { "certificate-authority": "ca.crt" });
    expect(await seen(asked)).toMatchObject({ token: "Bearer from-file" });
  });

  test("with a client certificate", async () => {
    const user = {
      "client-certificate-data": base64(person.certificate),
      "client-key-data": base64(person.key),
    };
    expect(await seen(kubeconfig(user))).toMatchObject({ token: "", name: "ada" });
  });

  test("with a plugin that is asked for the token", async () => {
    const answer = {
      apiVersion: "client.authentication.k8s.io/v1",
      kind: "ExecCredential",
      status: { token: "from-plugin" },
    };
    const exec = {
      apiVersion: "client.authentication.k8s.io/v1",
      command: "echo",
      args: [JSON.stringify(answer)],
      interactiveMode: "Never",
    };
    expect(await seen(kubeconfig({ exec }))).toMatchObject({ token: "Bearer from-plugin" });
  });

  test("of a server whose certificate is somebody else's is refused, unless told otherwise", async () => {
    const other = { "certificate-authority-data": base64(person.certificate) };
    await expect(seen(kubeconfig({ token: "secret" }, other))).rejects.toMatchObject({ code: "cluster-unreachable" });
    const insecure = { "insecure-skip-tls-verify": true };
    expect(await seen(kubeconfig({ token: "secret" }, insecure))).toMatchObject({ token: "Bearer secret" });
  });

  test("whose token file is gone is told as refused credentials", async () => {
    await expect(seen(kubeconfig({ tokenFile: "missing" }))).rejects.toMatchObject({
      code: "cluster-credentials-refused",
      evidence: expect.stringContaining("ENOENT"),
    });
  });

  test("is not taken for plain where it says more than is known", () => {
    for (const user of [{ exec: {} }, { token: "a", as: "somebody" }, { "auth-provider": { name: "oidc" } }])
      expect(plainKubeconfig(kubeconfig(user))).toBeUndefined();
    expect(plainKubeconfig(kubeconfig({ token: "a" }, { "proxy-url": "http://proxy" }))).toBeUndefined();
    expect(plainKubeconfig(kubeconfig({ token: "a" }), "nobody's")).toBeUndefined();
  });
});

test("calls one after another go over one connection", async () => {
  const file = join(directory, "config");
  await writeFile(file, stringify(kubeconfig({ token: "secret" })));
  const request = createRequest(await connect(file));
  for (let call = 0; call < 5; call += 1) expect(await request("GET", "/")).toMatchObject({ connections: 1 });
});
