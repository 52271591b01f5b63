import { describe, expect, it } from "vitest";
import { createGlobalpingVantage } from "../../src/probes/create-globalping-vantage.ts";

type Client = NonNullable<NonNullable<Parameters<typeof createGlobalpingVantage>[0]>["client"]>;
type Request = Parameters<Client["createMeasurement"]>[0];

/** Results as the API gives them: https://globalping.io/docs/api.globalping.io */
const answered = {
  status: "finished",
  rawOutput: "HTTP/1.1 200\nserver: nginx\n\nhello",
  rawHeaders: "server: nginx",
  rawBody: "hello",
  truncated: false,
  headers: { server: "nginx" },
  statusCode: 200,
  statusCodeName: "OK",
  resolvedAddress: "93.184.216.34",
  timings: { total: 123, dns: 1, tcp: 2, tls: 3, firstByte: 4, download: 5 },
  tls: { authorized: true, subject: { CN: "rrr.example.com" }, issuer: { CN: "R3" } },
};
const failed = (rawOutput: string) => ({ status: "failed", rawOutput });
const pinged = (rcv: number) => ({
  status: "finished",
  rawOutput: "",
  stats: { total: 2, rcv, drop: 2 - rcv, loss: 0 },
});

/** Globalping's client, giving one result after the other; `left`: measurements that it would still do. */
const limits = { left: 250 };
function vantage(...results: object[]) {
  const asked: Request[] = [];
  const client = {
    createMeasurement: async (request: Request) => {
      asked.push(request);
      return { ok: true, data: { id: "m", probesCount: 1 } };
    },
    getLimits: async () => ({
      ok: true,
      data: {
        rateLimit: { measurements: { create: { type: "ip", limit: 250, remaining: limits.left, reset: 1200 } } },
      },
    }),
    awaitMeasurement: async () => ({ ok: true, data: { status: "finished", results: [{ result: results.shift() }] } }),
  };
  // As much of the client as is used; its types name every field of every measurement.
  return { asked, ...createGlobalpingVantage({ client: client as unknown as Client }) };
}

const url = "https://rrr.example.com/health?deep=1";
const outcomeFor = async (...results: object[]) => (await vantage(...results).probe({ url })).outcome;

describe("a look by Globalping", () => {
  it("asks one probe anywhere for the very page", async () => {
    const globalping = vantage(answered);
    const result = await globalping.probe({ url });
    expect(globalping.asked).toEqual([
      {
        type: "http",
        target: "rrr.example.com",
        limit: 1,
        locations: [{ magic: "world" }],
        measurementOptions: {
          protocol: "HTTPS",
          port: 443,
          request: { method: "GET", path: "/health", query: "deep=1" },
        },
      },
    ]);
    expect(result).toMatchObject({
      from: "globalping",
      target: { host: "rrr.example.com", address: "93.184.216.34", port: 443 },
      outcome: { state: "answered", status: 200, server: "nginx", body: "hello", milliseconds: 123 },
    });
  });

  it("goes to the address given, with the host's name", async () => {
    const globalping = vantage(answered);
    await globalping.probe({ url: "http://rrr.example.com:31611/", address: "49.232.237.136" });
    expect(globalping.asked[0]).toMatchObject({
      target: "49.232.237.136",
      measurementOptions: { protocol: "HTTP", port: 31611, request: { host: "rrr.example.com" } },
    });
  });

  it("after a silence asks by a TCP ping which layer was silent", async () => {
    const blocked = vantage(failed("Request timeout."), pinged(0));
    expect((await blocked.probe({ url })).outcome).toEqual({ state: "tcp-timeout" });
    expect(blocked.asked[1]).toMatchObject({ type: "ping", measurementOptions: { protocol: "TCP", port: 443 } });
    expect(await outcomeFor(failed("Request timeout."), pinged(2))).toEqual({ state: "http-timeout" });
  });

  it.each([
    ["connect ECONNREFUSED 93.184.216.34:443", "tcp-refused"],
    ["connect ETIMEDOUT 93.184.216.34:443", "tcp-timeout"],
    ["connect EHOSTUNREACH 93.184.216.34:443", "tcp-unreachable"],
    ["queryA ENOTFOUND rrr.example.com", "dns-failed"],
    ["other side closed", "http-failed"],
    ["write EPROTO 0A00010B:SSL routines::wrong version number", "tls-failed"],
    ["something new", "unknown"],
  ])("%s is %s", async (output, state) => {
    expect(await outcomeFor(failed(output))).toMatchObject({ state });
  });

  it("tells whose certificate it was that is not trusted", async () => {
    const tls = {
      authorized: false,
      error: "self-signed certificate",
      subject: { CN: "TRAEFIK DEFAULT CERT" },
      issuer: {},
    };
    expect(await outcomeFor({ ...answered, tls })).toEqual({
      state: "tls-failed",
      detail: "self-signed certificate",
      subject: "TRAEFIK DEFAULT CERT",
    });
  });

  it("is unknown when Globalping has no answer or is not there", async () => {
    const limited = { ok: false, data: {}, response: new Response(null, { status: 429 }) };
    const client = { createMeasurement: async () => limited, awaitMeasurement: async () => limited };
    const refused = createGlobalpingVantage({ client: client as unknown as Client });
    expect((await refused.probe({ url })).outcome).toEqual({ state: "unknown", detail: "Globalping answers 429" });
    expect(await outcomeFor()).toMatchObject({ state: "unknown" });
  });
});

it("says beforehand that its probes are used up, without using one", async () => {
  const globalping = vantage();
  expect(await globalping.refusal?.()).toBeUndefined();
  limits.left = 0;
  expect(await globalping.refusal?.()).toBe("Globalping has no probes left for 1200 s");
  expect(globalping.asked).toEqual([]);
});
