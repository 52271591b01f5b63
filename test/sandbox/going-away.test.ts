import { once } from "node:events";
import { request } from "node:http";
import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { connect as connectSecurely } from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import { traefik } from "../../src/sandbox/cluster/addons/traefik.ts";
import { startRouter } from "../../src/sandbox/cluster/controllers/traefik/start-router.ts";
import { createStore } from "../../src/sandbox/cluster/create-store.ts";
import { createWorld } from "../../src/sandbox/shared/create-world.ts";
import { startCluster } from "./cluster/controllers/start-cluster.ts";
import { pushFiles } from "./github/push-files.ts";
import { startTestGitHub } from "./github/start-test-github.ts";
import { expectNone, heedTroubles } from "./heed-troubles.ts";
import { startWorkspace } from "./slack/start-workspace.ts";

const UPGRADE =
  "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

/** Asks and is gone: at once, or after the first bytes of the answer. Each with a reset, the worst way to go. */
async function askAndGo(port: number, head: string, when: "at once" | "in the middle"): Promise<void> {
  const socket = connect(port, "127.0.0.1").on("error", () => {});
  await once(socket, "connect");
  socket.write(`${head}\r\n`);
  if (when === "in the middle") await Promise.race([once(socket, "data"), sleep(1_000)]);
  socket.resetAndDestroy();
}

async function askAllAndGo(port: number, heads: readonly string[]): Promise<void> {
  for (const head of heads)
    for (const when of ["at once", "in the middle"] as const)
      await Promise.all(Array.from({ length: 5 }, () => askAndGo(port, head, when)));
}

test("Slack goes on when its clients go away: a call, a socket that is refused, one that is taken", async () => {
  const troubles = heedTroubles();
  const { slack, client, workspace, channels } = await startWorkspace();
  const port = Number(new URL(slack.url).port);
  await askAllAndGo(port, [
    `POST /api/auth.test HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n`,
    `GET /client/events?person=nobody HTTP/1.1\r\nhost: x\r\n${UPGRADE}`,
    `GET /client/events HTTP/1.1\r\nhost: x\r\n${UPGRADE}`,
    `GET /link/?ticket=none HTTP/1.1\r\nhost: x\r\n${UPGRADE}`,
  ]);
  await workspace.say({ person: workspace.you, channel: channels.general, text: "still here?" });
  expect((await client.auth.test()).ok).toBe(true);
  await expectNone(troubles);
});

test("GitHub goes on when its clients go away: a call, a pack, a blob", async () => {
  const troubles = heedTroubles();
  await using github = await startTestGitHub();
  const noise = Array.from({ length: 40_000 }, () => Math.random().toString(36)).join("\n");
  const sha = await pushFiles(github.octokit, "rrr", { "noise.txt": noise });
  const want = `0032want ${sha}\n00000009done\n`;
  await askAllAndGo(Number(new URL(github.url).port), [
    `GET /repos/acme/rrr HTTP/1.1\r\nhost: x\r\n`,
    `POST /orgs/acme/repos HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n`,
    `POST /acme/rrr.git/git-upload-pack HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-git-upload-pack-request\r\ncontent-length: ${want.length}\r\n\r\n${want}`,
  ]);
  await askAllAndGo(Number(new URL(github.registryUrl).port), [
    `GET /v2/ HTTP/1.1\r\nhost: x\r\n`,
    `POST /v2/acme/rrr/blobs/uploads/ HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n`,
  ]);
  expect((await github.octokit.repos.get({ owner: "acme", repo: "rrr" })).status).toBe(200);
  await expectNone(troubles);
});

test("Traefik goes on when its clients go away, and when a Secret holds no certificate", async () => {
  const troubles = heedTroubles();
  const cluster = await startCluster();
  onTestFinished(() => cluster.close());
  await askAllAndGo(cluster.routePort, [
    `GET / HTTP/1.1\r\nhost: nowhere.test\r\n`,
    `GET / HTTP/1.1\r\nhost: nowhere.test\r\n${UPGRADE}`,
  ]);
  const { store } = cluster;
  store.create({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "tls", namespace: "default" },
    data: {
      "tls.crt": Buffer.from("no certificate").toString("base64"),
      "tls.key": Buffer.from("no key").toString("base64"),
    },
  });
  store.create({
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "rrr", namespace: "default" },
    spec: { tls: [{ hosts: ["rrr.test"], secretName: "tls" }], rules: [{ host: "rrr.test" }] },
  });
  const socket = connectSecurely({
    host: "127.0.0.1",
    port: cluster.secureRoutePort,
    servername: "rrr.test",
    rejectUnauthorized: false,
  });
  await once(socket, "secureConnect");
  // As the real one, which logs that it could not parse the pair: https://doc.traefik.io/traefik/v3.5/reference/routing-configuration/http/tls/tls-certificates/
  expect(socket.getPeerCertificate().subject.CN).toBe("TRAEFIK DEFAULT CERT");
  socket.destroy();
  await expectNone(troubles);
});

test("Traefik goes on when an application ends in the middle: of the question, of the answer", async () => {
  const troubles = heedTroubles();
  const store = createStore({ world: createWorld({}) });
  for (const object of traefik) store.create(object);
  const metadata = { name: "app", namespace: "default" };
  store.create({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...metadata, labels: { app: "app" } },
    spec: { containers: [{ name: "app", image: "x", ports: [{ containerPort: 3000 }] }] },
  });
  store.updateStatus(
    { apiVersion: "v1", kind: "Pod", ...metadata },
    { phase: "Running", podIP: "10.42.0.2", conditions: [{ type: "Ready", status: "True" }] },
  );
  store.create({
    apiVersion: "v1",
    kind: "Service",
    metadata,
    spec: { selector: { app: "app" }, ports: [{ port: 80, targetPort: 3000 }] },
  });
  store.create({
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata,
    spec: {
      rules: [
        {
          host: "app.test",
          http: {
            paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "app", port: { number: 80 } } } }],
          },
        },
      ],
    },
  });
  const answers = [
    "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok",
    "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nok",
    "",
  ];
  let asked = 0;
  const application = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      socket.write(answers[asked++ % answers.length] ?? "");
      setTimeout(() => socket.resetAndDestroy(), 5);
    });
  });
  application.listen(0, "127.0.0.1");
  await once(application, "listening");
  const address = application.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const router = await startRouter({ store, host: "127.0.0.1", port: 0, now: new Date(), portOf: () => port });
  onTestFinished(async () => {
    await router.close();
    application.close();
  });
  const post = () =>
    new Promise<number | string>((resolve) => {
      const at = { host: "127.0.0.1", port: router.port, method: "POST", headers: { host: "app.test" } };
      const call = request(at, (answer) => {
        answer
          .on("error", () => resolve("cut"))
          .on("end", () => resolve(answer.statusCode ?? 0))
          .resume();
      });
      call.on("error", () => resolve("cut"));
      call.write("the first part of a long question");
    });
  const seen = [await post(), await post(), await post()];
  expect(seen).toEqual([200, "cut", 502]);
  await expectNone(troubles);
});
