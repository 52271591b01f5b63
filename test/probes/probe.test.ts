import { readFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { createServer as createTcpServer, type Server, type Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { createInsideVantage } from "../../src/probes/create-inside-vantage.ts";
import type { ProbeTarget } from "../../src/project/ports/probes.ts";
import { startBlackHole } from "./black-hole.ts";

const pem = (name: string) => readFileSync(new URL(`../fixtures/tls/${name}.pem`, import.meta.url), "utf8");
/** Between the dates of all certificates here but `expired`. */
const at = new Date("2099-01-02T03:04:05Z");
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

  it.each([
    ["the router's own", "traefik-default", "default", "TRAEFIK DEFAULT CERT"],
    ["another host's", "localhost", "wrong-host", "localhost"],
    ["a private CA's", "company", "untrusted", "rrr.example.com"],
    ["an expired one", "expired", "expired", "rrr.example.com"],
    ["one without a common name", "nameless", "untrusted", "rrr.example.com"],
  ])("tls-failed: %s certificate, and whose it is", async (_, name, reason, subject) => {
    const own = name === "localhost" || name === "traefik-default";
    const key = pem(own ? `${name}.key` : "company.key");
    await using server = await listening(createHttpsServer({ key, cert: pem(`${name}.cert`) }, (_, r) => r.end("x")));
    expect(await outcomeOf({ url: `https://rrr.example.com:${server.port}/`, address: "127.0.0.1" })).toMatchObject({
      state: "tls-failed",
      reason,
      subject,
      notAfter: expect.any(Date),
      issuer: own ? subject : "Company CA",
    });
  });

  it("tls-failed: one that is signed by itself, and one whose issuer is trusted but has expired or is for another name", async () => {
    await using own = await listening(
      createHttpsServer({ key: pem("localhost.key"), cert: pem("localhost.cert") }, (_, r) => r.end("hello")),
    );
    const there = { address: "127.0.0.1" };
    expect(await outcomeOf({ url: `https://localhost:${own.port}/`, ...there })).toMatchObject({
      reason: "self-signed",
    });
    expect(
      await outcomeOf({ url: `https://rrr.example.com:${own.port}/`, ...there }, pem("localhost.cert")),
    ).toMatchObject({ reason: "wrong-host", subject: "localhost" });
    await using old = await listening(
      createHttpsServer({ key: pem("company.key"), cert: pem("expired.cert") }, (_, r) => r.end("hello")),
    );
    expect(await outcomeOf({ url: `https://rrr.example.com:${old.port}/`, ...there }, pem("company-ca"))).toMatchObject(
      { reason: "expired", notAfter: new Date("2025-01-01T00:00:00Z") },
    );
  });

  it("tls-failed: what listens speaks no TLS, or says nothing at all", async () => {
    await using plain = await listening(createHttpServer((_, response) => response.end()));
    expect(await outcomeOf({ url: `https://127.0.0.1:${plain.port}` })).toMatchObject({
      state: "tls-failed",
      reason: "handshake",
    });
    await using mute = await listening(createTcpServer());
    expect(await outcomeOf({ url: `https://127.0.0.1:${mute.port}`, timeoutMs: 200 })).toMatchObject({
      state: "tls-failed",
      reason: "handshake",
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

  it("asks on under any certificate where only the answer is of interest", async () => {
    await using server = await listening(
      createHttpsServer({ key: pem("traefik-default.key"), cert: pem("traefik-default.cert") }, (_, r) =>
        r.end("hello"),
      ),
    );
    const target = { url: `https://nobody.invalid:${server.port}/`, address: "127.0.0.1", anyCertificate: true };
    expect(await outcomeOf(target)).toMatchObject({ state: "answered", status: 200, body: "hello" });
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

/** A site that answers each path with a redirect there, and others with a page; says what was asked. */
async function redirecting(answers: Record<string, string | { to: string; cookie: string }>) {
  const asked: string[] = [];
  const server = await listening(
    createHttpServer((request, response) => {
      const path = request.url ?? "";
      asked.push(
        `${request.headers.host?.split(":")[0]}${path}${request.headers.cookie ? ` ${request.headers.cookie}` : ""}`,
      );
      const known = request.headers.cookie === undefined ? answers[path] : undefined;
      if (known === undefined) {
        response.end("a page");
        return;
      }
      const { to, cookie } = typeof known === "string" ? { to: known, cookie: undefined } : known;
      response.writeHead(302, { location: to, ...(cookie === undefined ? {} : { "set-cookie": cookie }) }).end();
    }),
  );
  const look = (host = "rrr.example.com") => outcomeOf({ url: `http://${host}:${server.port}/`, address: "127.0.0.1" });
  return { asked, look, port: server.port, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

describe("redirects", () => {
  it("are gone along on the same host, and the last answer counts", async () => {
    await using site = await redirecting({ "/": "/login?next=%2F#top", "/login?next=%2F": "/en/login" });
    expect(await site.look()).toMatchObject({ state: "answered", status: 200, body: "a page" });
    expect(site.asked).toEqual(["rrr.example.com/", "rrr.example.com/login?next=%2F", "rrr.example.com/en/login"]);
  });

  it("without an end are a loop, whose queries are not told", async () => {
    await using site = await redirecting({ "/": "/a?token=s3cret", "/a?token=s3cret": "/" });
    const at = `http://rrr.example.com:${site.port}`;
    expect(await site.look()).toEqual({ state: "redirect-loop", status: 302, hops: [`${at}/`, `${at}/a`, `${at}/`] });
    expect(site.asked).toHaveLength(2);
  });

  it("that grow for ever are a loop too, as a browser gives up on them", async () => {
    let asked = 0;
    await using server = await listening(
      createHttpServer((_, response) => {
        asked += 1;
        response.writeHead(307, { location: `/?${asked}` }).end();
      }),
    );
    expect(await outcomeOf({ url: `http://127.0.0.1:${server.port}/` })).toMatchObject({ state: "redirect-loop" });
    expect(asked).toBe(21);
  });

  it("to the same page are none when a cookie was set on the way", async () => {
    await using site = await redirecting({ "/": { to: "/", cookie: "session=a=b; Path=/; HttpOnly" } });
    expect(await site.look()).toMatchObject({ state: "answered", status: 200 });
    expect(site.asked).toEqual(["rrr.example.com/", "rrr.example.com/ session=a=b"]);
  });

  it("to another host are an answer that says where people are sent", async () => {
    await using site = await redirecting({ "/": "https://login.example.net/authorize?state=s3cret" });
    expect(await site.look()).toMatchObject({
      state: "answered",
      status: 302,
      location: "https://login.example.net/authorize",
    });
  });

  it("to a port that only people outside may know under that number are not followed", async () => {
    await using site = await redirecting({ "/": "http://rrr.example.com:8443/" });
    expect(await site.look()).toMatchObject({ state: "answered", location: "http://rrr.example.com:8443/" });
  });

  it("between the name with and without www. are a loop; what else the other name answers does not count", async () => {
    await using server = await listening(
      createHttpServer((request, response) => {
        const { host = "" } = request.headers;
        const to = host.startsWith("www.") ? host.slice("www.".length) : `www.${host}`;
        response.writeHead(301, { location: `http://${to}/` }).end();
      }),
    );
    // Names below .localhost are this machine's, whoever resolves them.
    const at = (name: string) => `http://${name}:${server.port}/`;
    expect(await outcomeOf({ url: at("rrr.localhost") })).toMatchObject({
      state: "redirect-loop",
      hops: [at("rrr.localhost"), at("www.rrr.localhost"), at("rrr.localhost")],
    });
    await using away = await redirecting({ "/": "http://www.rrr.invalid/" });
    expect(await away.look("rrr.invalid")).toMatchObject({ state: "answered", status: 302 });
  });
});
