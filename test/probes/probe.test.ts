import { readFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { createServer as createTcpServer, type Server, type Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { createInsideVantage } from "../../src/probes/create-inside-vantage.ts";
import type { ProbeTarget } from "../../src/project/ports/probes.ts";
import { startBlackHole } from "./black-hole.ts";

const pem = (name: string) => readFileSync(new URL(`../fixtures/tls/${name}.pem`, import.meta.url), "utf8");
const at = new Date("2026-01-02T03:04:05Z");
const clock = { now: () => at };

async function listening(server: Server): Promise<{ port: number } & AsyncDisposable> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("no port");
  return {
    port: address.port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function outcomeOf(target: ProbeTarget, ca?: string) {
  const vantage = createInsideVantage({ clock, ...(ca === undefined ? {} : { ca }) });
  return (await vantage.probe({ timeoutMs: 2_000, ...target })).outcome;
}

describe("a probe from inside", () => {
  it("tells what answered: status, server, the beginning of the body", async () => {
    await using server = await listening(
      createHttpServer((request, response) => {
        response.writeHead(503, { server: "traefik" });
        response.end(`no endpoints for ${request.headers.host}${request.url} ${"x".repeat(10_000)}`);
      }),
    );
    const result = await createInsideVantage({ clock }).probe({
      url: `http://rrr.example.com:${server.port}/health?deep=1`,
      address: "127.0.0.1",
    });
    expect(result).toMatchObject({
      from: "inside",
      at,
      target: { host: "rrr.example.com", address: "127.0.0.1", port: server.port, path: "/health?deep=1", tls: false },
      outcome: { state: "answered", status: 503, server: "traefik" },
    });
    const { outcome } = result;
    if (outcome.state !== "answered") throw new Error(outcome.state);
    expect(outcome.body).toHaveLength(200);
    expect(outcome.body).toContain(`no endpoints for rrr.example.com:${server.port}/health?deep=1`);
  });

  it("does not follow a redirect", async () => {
    await using server = await listening(
      createHttpServer((_, response) => {
        response.writeHead(308, { location: "http://127.0.0.1:1/" });
        response.end();
      }),
    );
    expect(await outcomeOf({ url: `http://127.0.0.1:${server.port}/` })).toMatchObject({
      state: "answered",
      status: 308,
    });
  });

  it("tcp-refused: nobody listens there", async () => {
    const server = await listening(createTcpServer());
    await server[Symbol.asyncDispose]();
    expect(await outcomeOf({ url: `http://127.0.0.1:${server.port}` })).toEqual({ state: "tcp-refused" });
  });

  it("tcp-timeout: nothing comes back, as behind a firewall", async () => {
    await using hole = await startBlackHole();
    const startedAt = performance.now();
    expect(await outcomeOf({ url: `https://127.0.0.1:${hole.port}`, timeoutMs: 300 })).toEqual({
      state: "tcp-timeout",
    });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it("dns-failed: the name has no address", async () => {
    expect(await outcomeOf({ url: "http://nothing.invalid/" })).toMatchObject({
      state: "dns-failed",
      detail: expect.stringContaining("nothing.invalid"),
    });
  });

  it("tls-failed: another's certificate, and whose it is", async () => {
    await using server = await listening(
      createHttpsServer({ key: pem("traefik-default.key"), cert: pem("traefik-default.cert") }, (_, r) =>
        r.end("hello"),
      ),
    );
    expect(await outcomeOf({ url: `https://rrr.example.com:${server.port}/`, address: "127.0.0.1" })).toEqual({
      state: "tls-failed",
      detail: "DEPTH_ZERO_SELF_SIGNED_CERT",
      subject: "TRAEFIK DEFAULT CERT",
      issuer: "TRAEFIK DEFAULT CERT",
    });
  });

  it("tls-failed: a certificate that is trusted, but for another name", async () => {
    await using server = await listening(
      createHttpsServer({ key: pem("localhost.key"), cert: pem("localhost.cert") }, (_, r) => r.end("hello")),
    );
    const other = { url: `https://rrr.example.com:${server.port}/`, address: "127.0.0.1" };
    expect(await outcomeOf(other, pem("localhost.cert"))).toMatchObject({
      state: "tls-failed",
      detail: expect.stringMatching(/ALTNAME|altnames/),
      subject: "localhost",
    });
  });

  it("tls-failed: what listens speaks no TLS, or says nothing at all", async () => {
    await using plain = await listening(createHttpServer((_, response) => response.end()));
    expect(await outcomeOf({ url: `https://127.0.0.1:${plain.port}` })).toMatchObject({ state: "tls-failed" });
    await using mute = await listening(createTcpServer());
    expect(await outcomeOf({ url: `https://127.0.0.1:${mute.port}`, timeoutMs: 200 })).toMatchObject({
      state: "tls-failed",
      detail: "no answer to the handshake",
    });
  });

  it("answers over TLS when the certificate does", async () => {
    await using server = await listening(
      createHttpsServer({ key: pem("localhost.key"), cert: pem("localhost.cert") }, (_, r) => r.end("hello")),
    );
    const answered = { state: "answered", status: 200, body: "hello" };
    expect(
      await outcomeOf({ url: `https://localhost:${server.port}`, address: "127.0.0.1" }, pem("localhost.cert")),
    ).toMatchObject(answered);
    expect(await outcomeOf({ url: `https://127.0.0.1:${server.port}` }, pem("localhost.cert"))).toMatchObject(answered);
  });

  it("http-timeout: connected, but no answer", async () => {
    await using mute = await listening(createTcpServer());
    expect(await outcomeOf({ url: `http://127.0.0.1:${mute.port}`, timeoutMs: 200 })).toEqual({
      state: "http-timeout",
    });
  });

  it("http-failed: cut before an answer, or no HTTP", async () => {
    await using cut = await listening(createTcpServer((socket) => socket.once("data", () => socket.destroy())));
    expect(await outcomeOf({ url: `http://127.0.0.1:${cut.port}` })).toMatchObject({ state: "http-failed" });
    await using ssh = await listening(createTcpServer((socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n")));
    expect(await outcomeOf({ url: `http://127.0.0.1:${ssh.port}` })).toMatchObject({ state: "http-failed" });
  });

  it("is an answer even when the body never ends", async () => {
    await using server = await listening(createHttpServer((_, response) => response.write("begun")));
    const outcome = await outcomeOf({ url: `http://127.0.0.1:${server.port}`, timeoutMs: 300 });
    expect(outcome).toMatchObject({ state: "answered", status: 200 });
  });
});
