import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { listen } from "../../src/http/listen.ts";
import { createAgentVantage } from "../../src/probes/create-agent-vantage.ts";
import { startVantage } from "../../src/vantage/start-vantage.ts";
import type { VantageOptions } from "../../src/vantage/vantage-options.ts";

const secret = "0123456789abcdef";

async function agent(options: Partial<VantageOptions> = {}) {
  const started = await startVantage({
    port: 0,
    host: "127.0.0.1",
    secret,
    ports: [80, 443],
    allowPrivate: false,
    ...options,
  });
  return { ...started, [Symbol.asyncDispose]: () => started.close() };
}

async function web() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.headers.host}${request.url}`);
    response.end("hello");
  });
  const listening = await listen(server, { port: 0, host: "127.0.0.1" });
  return { asked, port: Number(new URL(listening.url).port), [Symbol.asyncDispose]: () => listening.close() };
}

function ask(url: string, body: unknown, headers: Record<string, string> = { authorization: `Bearer ${secret}` }) {
  return fetch(`${url}/probe`, {
    method: "POST",
    headers,
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

describe("an outside agent", () => {
  it("looks for whoever knows the secret", async () => {
    await using page = await web();
    await using there = await agent({ ports: [page.port], allowPrivate: true });
    const vantage = createAgentVantage({ url: there.url, secret, name: "berlin" });
    const result = await vantage.probe({ url: `http://rrr.example.com:${page.port}/x`, address: "127.0.0.1" });
    expect(vantage).toMatchObject({ name: "berlin", side: "outside" });
    expect(result).toMatchObject({ from: "berlin", outcome: { state: "answered", status: 200, body: "hello" } });
    expect(result.at).toBeInstanceOf(Date);
    expect(page.asked).toEqual([`rrr.example.com:${page.port}/x`]);
  });

  it("says beforehand whether it would look: the secret is right, and somebody is there", async () => {
    await using there = await agent();
    const vantage = (given: object) => createAgentVantage({ url: there.url, secret, name: "berlin", ...given });
    expect(await vantage({}).refusal?.()).toBeUndefined();
    expect(await vantage({ secret: "another-secret-here" }).refusal?.()).toBe("berlin answers 401");
    expect(await vantage({ url: "http://127.0.0.1:1" }).refusal?.()).toMatch(/^berlin: /);
  });

  it("answers nobody else", async () => {
    await using there = await agent();
    const target = { url: "http://rrr.example.com/" };
    for (const authorization of ["", "Bearer ", `Bearer ${secret}x`, `Bearer ${secret.slice(1)}`, `Basic ${secret}`]) {
      expect((await ask(there.url, target, authorization ? { authorization } : {})).status).toBe(401);
    }
  });

  it("goes to the ports that it was given and no other", async () => {
    await using there = await agent({ allowPrivate: true });
    for (const url of ["http://127.0.0.1:22/", "http://127.0.0.1:6443/", "https://127.0.0.1:80443/"]) {
      const { status } = await ask(there.url, { url });
      expect([400, 403]).toContain(status);
    }
  });

  it.each([
    "http://127.0.0.1/",
    "http://localhost/",
    "http://2130706433/",
    "http://10.1.2.3/",
    "http://172.20.0.1/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://0.0.0.0/",
    "http://[::1]/",
    "http://[fe80::1]/",
    "http://[fd00::1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[64:ff9b::a00:1]/",
    "http://[2002:a00:1::]/",
  ])("refuses %s, which is not the public internet", async (url) => {
    await using there = await agent();
    const answer = await ask(there.url, { url });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toMatch(/no public address/);
  });

  it("refuses a private address behind a public name, too", async () => {
    await using page = await web();
    await using there = await agent({ ports: [page.port] });
    const answer = await ask(there.url, { url: `http://rrr.example.com:${page.port}/`, address: "127.0.0.1" });
    expect(answer.status).toBe(403);
    expect(page.asked).toEqual([]);
  });

  it.each([
    "{",
    {},
    { url: "file:///etc/passwd" },
    { url: "gopher://example.com/" },
    { url: "http://ada:pw@example.com/" },
    { url: "http://example.com/", address: "metadata.google.internal" },
    { url: "http://example.com/", timeoutMs: 3_600_000 },
    { url: "http://example.com/", method: "POST" },
  ])("does not understand %j", async (body) => {
    await using there = await agent();
    expect((await ask(there.url, body)).status).toBe(400);
  });

  it("reads no more than a question's worth", async () => {
    await using there = await agent();
    expect((await ask(there.url, "x".repeat(100_000))).status).toBe(413);
  });

  it("follows a redirect no further than to the ports that it was given", async () => {
    await using page = await web();
    const server = createServer((_, response) => response.writeHead(302, { location: "http://localhost:443/" }).end());
    const listening = await listen(server, { port: 0, host: "127.0.0.1" });
    const port = Number(new URL(listening.url).port);
    await using there = await agent({ ports: [port, page.port], allowPrivate: true });
    const vantage = createAgentVantage({ url: there.url, secret, name: "berlin" });
    expect((await vantage.probe({ url: `http://localhost:${port}/` })).outcome).toMatchObject({
      state: "answered",
      status: 302,
      location: "http://localhost:443/",
    });
    await listening.close();
  });

  it("says that it is there", async () => {
    await using there = await agent();
    expect((await fetch(`${there.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${there.url}/probe`)).status).toBe(405);
    expect((await fetch(there.url)).status).toBe(404);
  });

  it("takes sixteen at once and tells the next to come again", async () => {
    const waiting: (() => void)[] = [];
    const server = createServer((_, response) => waiting.push(() => response.end()));
    const listening = await listen(server, { port: 0, host: "127.0.0.1" });
    const port = Number(new URL(listening.url).port);
    await using there = await agent({ ports: [port], allowPrivate: true });
    const asking = Array.from({ length: 16 }, () => ask(there.url, { url: `http://127.0.0.1:${port}/` }));
    await expect.poll(() => waiting.length).toBe(16);
    expect((await ask(there.url, { url: `http://127.0.0.1:${port}/` })).status).toBe(503);
    for (const go of waiting) go();
    for (const answer of await Promise.all(asking)) expect(answer.status).toBe(200);
    await listening.close();
  });
});

describe("a vantage that did not look", () => {
  it("is unknown, never an outage of the page", async () => {
    await using there = await agent();
    const url = "http://rrr.example.com:22/";
    const outcomeFrom = async (options: { url?: string; secret?: string }) =>
      (await createAgentVantage({ url: there.url, secret, name: "berlin", ...options }).probe({ url })).outcome;
    expect(await outcomeFrom({})).toMatchObject({ state: "unknown", detail: expect.stringContaining("port 22") });
    expect(await outcomeFrom({ secret: "fedcba9876543210" })).toMatchObject({ state: "unknown" });
    const gone = await agent();
    await gone.close();
    expect(await outcomeFrom({ url: gone.url })).toMatchObject({
      state: "unknown",
      detail: expect.stringContaining("ECONNREFUSED"),
    });
  });

  it("is unknown when something else answers in its place", async () => {
    await using page = await web();
    const vantage = createAgentVantage({ url: `http://127.0.0.1:${page.port}`, secret, name: "berlin" });
    expect((await vantage.probe({ url: "http://rrr.example.com/" })).outcome).toMatchObject({ state: "unknown" });
  });
});

describe("an agent of another version", () => {
  /** Answers each question so, as long as it is one that the version before understands. */
  async function answering(outcome: object) {
    const asked: unknown[] = [];
    const server = createServer(async (request, response) => {
      asked.push(await json(request));
      const target = { host: "rrr.example.com", port: 443, path: "/", tls: true };
      response.end(JSON.stringify({ from: "vantage", target, at: "2026-03-01T10:00:00.000Z", outcome }));
    });
    const listening = await listen(server, { port: 0, host: "127.0.0.1" });
    const vantage = createAgentVantage({ url: listening.url, secret, name: "berlin" });
    return { asked, vantage, [Symbol.asyncDispose]: () => listening.close() };
  }
  const look = async (outcome: object) => {
    await using there = await answering(outcome);
    return (await there.vantage.probe({ url: "https://rrr.example.com/" })).outcome;
  };

  it.each([
    [{ detail: "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", subject: "rrr.example.com", issuer: "R3" }, "untrusted"],
    [{ detail: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" }, "untrusted"],
    [{ detail: "DEPTH_ZERO_SELF_SIGNED_CERT", subject: "TRAEFIK DEFAULT CERT" }, "default"],
    [{ detail: "DEPTH_ZERO_SELF_SIGNED_CERT", subject: "rrr.example.com" }, "self-signed"],
    [{ detail: "ERR_TLS_CERT_ALTNAME_INVALID" }, "wrong-host"],
    [{ detail: "CERT_HAS_EXPIRED" }, "expired"],
    [{ detail: "CERT_NOT_YET_VALID" }, "not-yet-valid"],
    [{ detail: "closed during the handshake" }, "handshake"],
    [{ detail: "ERR_SSL_SSLV3_ALERT_CERTIFICATE_REQUIRED" }, "handshake"],
    [{ detail: "EPROTO" }, "handshake"],
  ])("that gives Node's code alone is understood: %j", async (given, reason) => {
    expect(await look({ state: "tls-failed", ...given })).toEqual({ state: "tls-failed", ...given, reason });
  });

  it("that tells more than is known here is understood as far as it is", async () => {
    const answered = { state: "answered", status: 200, body: "", milliseconds: 1 };
    expect(await look({ ...answered, certificate: { subject: "rrr" } })).toEqual(answered);
    expect(await look({ state: "another-outcome" })).toMatchObject({ state: "unknown" });
  });

  it("is asked with nothing that the version before would refuse", async () => {
    await using there = await answering({ state: "tcp-timeout" });
    await there.vantage.probe({ url: "https://rrr.example.com/", address: "192.0.2.1", anyCertificate: true });
    expect(there.asked).toEqual([{ url: "https://rrr.example.com/", address: "192.0.2.1" }]);
  });
});
