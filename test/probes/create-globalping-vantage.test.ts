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
  // Each look at the clock is a second later.
  let seconds = 0;
  const clock = { now: () => new Date(Date.parse("2026-03-01T10:00:00Z") + 1_000 * seconds++) };
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
  return { asked, ...createGlobalpingVantage({ client: client as unknown as Client, clock }) };
}

const url = "https://rrr.example.com/health?deep=1";
const outcomeFor = async (...results: object[]) => (await vantage(...results).probe({ url })).outcome;

describe("a look by Globalping", () => {
  it("does not know which layer is silent where the answer to that is none", async () => {
    expect(await outcomeFor(failed("Request timeout"), {})).toEqual({
      state: "unknown",
      detail: "Globalping answers something else",
    });
  });

  it("is of when it was asked for, since its answer is of some time after that", async () => {
    const { at } = await vantage(answered).probe({ url });
    const slow = await vantage(failed("Request timeout"), pinged(0)).probe({ url });
    expect(slow.at).toEqual(at);
  });

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

  it.each([
    [{ error: "self-signed certificate", subject: { CN: "TRAEFIK DEFAULT CERT" } }, "default"],
    [{ error: "unable to verify the first certificate", subject: { CN: "rrr.example.com" } }, "untrusted"],
    [{ error: "SELF_SIGNED_CERT_IN_CHAIN", subject: { CN: "rrr.example.com" } }, "untrusted"],
    [{ error: "self-signed certificate", subject: { CN: "rrr.example.com" } }, "self-signed"],
    [{ error: "unable to get local issuer certificate", expiresAt: "2025-01-01T00:00:00.000Z" }, "expired"],
    [{ error: "Hostname/IP does not match certificate's altnames: Host: rrr.example.com." }, "wrong-host"],
  ])("tells what is wrong with a certificate: %j", async (tls, reason) => {
    const given = { authorized: false, subject: {}, issuer: { CN: "Company CA" }, ...tls };
    expect(await outcomeFor({ ...answered, tls: given })).toMatchObject({
      state: "tls-failed",
      reason,
      issuer: "Company CA",
      ...("subject" in tls ? { subject: tls.subject.CN } : {}),
      ...("expiresAt" in given ? { notAfter: new Date("2025-01-01T00:00:00.000Z") } : {}),
    });
  });

  it("sees a redirect to the page itself for the loop that it is, and any other for an answer", async () => {
    const sent = (headers: object) => outcomeFor({ ...answered, statusCode: 301, headers });
    expect(await sent({ location: url })).toMatchObject({ state: "redirect-loop", status: 301 });
    expect(await sent({ location: "/health?deep=1" })).toMatchObject({ state: "redirect-loop" });
    expect(await sent({ location: url, "set-cookie": ["a=b"] })).toMatchObject({ state: "answered", status: 301 });
    expect(await sent({ location: "/login?next=s3cret" })).toMatchObject({
      state: "answered",
      location: "https://rrr.example.com/login",
    });
  });

  it("is unknown when Globalping has no answer or is not there", async () => {
    const gone = { ok: false, data: {}, response: new Response(null, { status: 502 }) };
    const client = { createMeasurement: async () => gone, awaitMeasurement: async () => gone };
    const refused = createGlobalpingVantage({ client: client as unknown as Client });
    expect((await refused.probe({ url })).outcome).toEqual({ state: "unknown", detail: "Globalping answers 502" });
    expect(await outcomeFor()).toMatchObject({ state: "unknown" });
  });
});

describe("Globalping's tests", () => {
  /** A clock that is set by hand; `asked` counts the tests that were begun. */
  function counted(given: { perHour: number; refuse?: () => Response | undefined }) {
    let now = Date.parse("2026-03-01T10:00:00Z");
    let asked = 0;
    const client = {
      createMeasurement: async () => {
        asked += 1;
        const response = given.refuse?.();
        return response ? { ok: false, data: {}, response } : { ok: true, data: { id: "m", probesCount: 1 } };
      },
      awaitMeasurement: async () => ({ ok: true, data: { results: [{ result: answered }] } }),
    };
    const globalping = createGlobalpingVantage({
      perHour: given.perHour,
      clock: { now: () => new Date(now) },
      client: client as unknown as Client, // as much of it as is used
    });
    return {
      asked: () => asked,
      left: () => globalping.left?.(),
      look: async () => (await globalping.probe({ url })).outcome,
      wait: (minutes: number) => {
        now += minutes * 60_000;
      },
    };
  }
  const until = (time: string) => ({
    state: "unknown",
    detail: `Globalping's tests of this hour are used up; it looks again at ${time} UTC`,
  });

  it("are not more than its limit in any hour, and then it says until when", async () => {
    const globalping = counted({ perHour: 2 });
    await globalping.look();
    globalping.wait(20);
    await globalping.look();
    expect(globalping.left()).toBe(0);
    expect(await globalping.look()).toEqual(until("11:00"));
    expect(globalping.asked()).toBe(2);
    globalping.wait(41);
    expect(globalping.left()).toBe(1);
    expect(await globalping.look()).toMatchObject({ state: "answered" });
    expect(await globalping.look()).toEqual(until("11:20"));
  });

  it("that somebody else at the same address has used up are waited for as long as it says", async () => {
    let refused: Response | undefined = new Response(null, { status: 429, headers: { "x-ratelimit-reset": "1200" } });
    const globalping = counted({ perHour: 250, refuse: () => refused });
    expect(await globalping.look()).toEqual(until("10:20"));
    expect(await globalping.look()).toEqual(until("10:20"));
    expect([globalping.asked(), globalping.left()]).toEqual([1, 0]);
    refused = undefined;
    globalping.wait(20);
    expect(await globalping.look()).toMatchObject({ state: "answered" });
  });

  it("are 250 an hour, and with a token 500", () => {
    expect(createGlobalpingVantage().left?.()).toBe(250);
    expect(createGlobalpingVantage({ token: "secret" }).left?.()).toBe(500);
  });

  it("that end between two questions of one look leave it unknown, not half answered", async () => {
    const client = {
      createMeasurement: async () => ({ ok: true, data: { id: "m", probesCount: 1 } }),
      awaitMeasurement: async () => ({ ok: true, data: { results: [{ result: failed("Request timeout.") }] } }),
    };
    const globalping = createGlobalpingVantage({ perHour: 1, client: client as unknown as Client });
    expect((await globalping.probe({ url })).outcome.state).toBe("unknown");
  });
});

it("says beforehand that its probes are used up, without using one", async () => {
  const globalping = vantage();
  expect(await globalping.refusal?.()).toBeUndefined();
  limits.left = 0;
  expect(await globalping.refusal?.()).toBe("Globalping has no probes left for 1200 s");
  expect(globalping.asked).toEqual([]);
});
