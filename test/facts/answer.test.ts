import { describe, expect, test } from "vitest";
import { type Answer, answerOf } from "../../src/facts/answer.ts";
import type { ProbeResult } from "../../src/project/ports/probes.ts";
import type { SiteSeen } from "../../src/project/ports/sites.ts";
import type { Why } from "../../src/project/why.ts";
import { at, NOW } from "../builders/project.ts";
import { control, lookFrom, site, siteSeen } from "../builders/site.ts";

type Outcome = ProbeResult["outcome"];

const answered = (status: number, given: Partial<Extract<Outcome, { state: "answered" }>> = {}): Outcome => ({
  state: "answered",
  status,
  body: "",
  milliseconds: 12,
  ...given,
});
const tls = (reason: Extract<Outcome, { state: "tls-failed" }>["reason"]): Outcome => ({
  state: "tls-failed",
  reason,
  detail: "SOME_CODE",
});
const ok = answered(200);
const silent: Outcome = { state: "tcp-timeout" };
const refused: Outcome = { state: "tcp-refused" };
const mute: Outcome = { state: "unknown", detail: "no answer" };
const noName: Outcome = { state: "dns-failed", detail: "rrr.example.com: ENOTFOUND" };
/** As Traefik 3 gives them. */
const text = { headers: { "content-type": "text/plain; charset=utf-8" } };
const noRoute = answered(404, { ...text, body: "404 page not found\n" });
const noServer = answered(503, { ...text, body: "no available server\n" });
const page = { headers: { "content-type": "text/html; charset=utf-8" } };

/** In short: `reachable 200 outside`, `unreachable port-blocked berlin`, `unknown`. */
function short(answer: Answer): string {
  switch (answer.state) {
    case "reachable":
      return `reachable ${answer.status} ${answer.outside ? answer.from : "inside only"}`;
    case "unreachable":
      return `${answer.why} ${answer.from}`;
    default:
      return answer.state;
  }
}
const answerTo = (from: Record<string, Outcome>, given: Partial<SiteSeen> = {}) =>
  short(answerOf(siteSeen(from, given), NOW));

describe("what one look from inside says", () => {
  test.each<[Outcome, Why | number | "unknown"]>([
    [ok, 200],
    [answered(301, { location: "https://login.example.net/" }), 301],
    [answered(401), 401],
    [answered(403), 403],
    [answered(418), 418],
    [answered(500), 500],
    [answered(501), 501],
    [answered(505), 505],
    [answered(519), 519],
    [answered(531), 531],
    [answered(599), 599],
    [noRoute, "http-404-no-route"],
    [answered(404, { ...page, body: "<h1>No such page</h1>" }), 404],
    [answered(502, { ...text, body: "Bad Gateway" }), "http-502-503-504"],
    [noServer, "http-502-503-504"],
    [answered(504, { ...text, body: "Gateway Timeout" }), "http-502-503-504"],
    ...[520, 521, 522, 523, 524, 525, 526, 527, 528, 529, 530].map((status): [Outcome, Why] => [
      answered(status, { server: "cloudflare" }),
      "cdn-in-front",
    ]),
    [answered(302, { location: "https://dnspod.qcloud.com/static/webblock.html" }), "icp-block"],
    [answered(403, { server: "Beaver" }), "icp-block"],
    [answered(403, { ...page, body: "<html><title>Non-compliance ICP Filing</title>" }), "icp-block"],
    [{ state: "redirect-loop", status: 308, hops: [] }, "redirect-loop"],
    [noName, "dns-missing"],
    [{ state: "dns-failed", detail: "rrr.example.com: EAI_AGAIN" }, "unknown"],
    [{ state: "dns-failed", detail: "rrr.example.com: no answer in time" }, "unknown"],
    [refused, "port-refused"],
    [silent, "not-reachable-unexplained"],
    [{ state: "tcp-unreachable", detail: "EHOSTUNREACH" }, "not-reachable-unexplained"],
    [{ state: "tcp-unreachable", detail: "ENETUNREACH" }, "unknown"],
    [tls("default"), "tls-wrong-cert"],
    [tls("wrong-host"), "tls-wrong-cert"],
    [tls("expired"), "tls-expired"],
    [tls("not-yet-valid"), "tls-expired"],
    [tls("self-signed"), "tls-untrusted"],
    [tls("untrusted"), "tls-untrusted"],
    [tls("handshake"), "not-reachable-unexplained"],
    [{ state: "http-timeout" }, "http-no-answer"],
    [{ state: "http-failed", detail: "socket hang up" }, "not-reachable-unexplained"],
    [mute, "unknown"],
  ])("%j: %s", (outcome, wanted) => {
    const told = typeof wanted === "number" ? `reachable ${wanted} inside only` : `${wanted} inside`;
    expect(answerTo({ inside: outcome })).toBe(wanted === "unknown" ? "unknown" : told);
  });
});

describe("a 404", () => {
  const custom = answered(404, { ...page, body: "<p>Nothing at rrr.example.com</p>" });

  test.each<[string, Outcome, ProbeResult | undefined, Partial<ReturnType<typeof site>>, "router" | "application"]>([
    ["that a random host gets too is the router's", noRoute, control(noRoute), {}, "router"],
    [
      "of a router with a page of its own that names the host",
      custom,
      control(answered(404, { ...page, body: "<p>Nothing at slipway-1a2b3c4d.invalid</p>" })),
      {},
      "router",
    ],
    ["where a random host gets another page is the application's", custom, control(noRoute), {}, "application"],
    ["where a random host gets another status is the application's", noRoute, control(noServer), {}, "application"],
    [
      "where a random host gets another content type is the application's",
      noRoute,
      control(answered(404, { body: "404 page not found\n" })),
      {},
      "application",
    ],
    [
      "of another server is the application's",
      answered(404, { server: "nginx" }),
      control(answered(404)),
      {},
      "application",
    ],
    ["in Traefik's words is the router's where nobody could ask", noRoute, control(silent), {}, "router"],
    ["in other words is the application's where nobody could ask", custom, control(silent), {}, "application"],
    [
      "that was asked of another port tells nothing",
      noRoute,
      { ...control(answered(404)), target: { ...control(ok).target, port: 80 } },
      {},
      "router",
    ],
    ["is the application's where any host leads to it", noRoute, control(noRoute), { anyHost: true }, "application"],
  ])("%s", (_, outcome, asked, given, wanted) => {
    const seen = { site: site(given), ...(asked ? { control: asked } : {}) };
    expect(answerTo({ inside: outcome }, seen)).toBe(
      wanted === "router" ? "http-404-no-route inside" : "reachable 404 inside only",
    );
  });
});

describe("a 502, 503 or 504", () => {
  test.each<[string, Outcome, "gateway" | "application"]>([
    [
      "of nginx",
      answered(502, { ...page, server: "nginx", body: "<html><head><title>502 Bad Gateway</title>" }),
      "gateway",
    ],
    ["of HAProxy", answered(503, { ...page, body: "<html><body><h1>503 Service Unavailable</h1>" }), "gateway"],
    ["of Envoy", answered(503, { ...text, server: "envoy", body: "no healthy upstream" }), "gateway"],
    [
      "of a load balancer that speaks JSON",
      answered(503, { server: "kong/3.4", headers: { "content-type": "application/json" } }),
      "gateway",
    ],
    ["without any words", answered(503), "gateway"],
    [
      "with a framework's header",
      answered(503, { headers: { "x-powered-by": "Express" }, body: "Service Unavailable" }),
      "application",
    ],
    [
      "in JSON",
      answered(503, { headers: { "content-type": "application/json" }, body: '{"error":"maintenance"}' }),
      "application",
    ],
    ["as a page of one's own", answered(503, { ...page, body: "<title>We are back soon</title>" }), "application"],
  ])("%s", (_, outcome, wanted) => {
    const { status } = outcome as { status: number }; // all of them are answers
    expect(answerTo({ inside: outcome })).toBe(
      wanted === "gateway" ? "http-502-503-504 inside" : `reachable ${status} inside only`,
    );
  });

  test("that a CDN gives of a site that is well inside is the CDN's", () => {
    const cdn = answered(502, { server: "cloudflare" });
    expect(answerTo({ inside: ok, berlin: cdn })).toBe("cdn-in-front berlin");
    expect(answerTo({ inside: noServer, berlin: cdn })).toBe("http-502-503-504 inside");
    expect(answerTo({ inside: ok, berlin: answered(504, { headers: { "x-cache": "Error from cloudfront" } }) })).toBe(
      "cdn-in-front berlin",
    );
  });
});

describe("looks from several vantages", () => {
  test.each<[string, Record<string, Outcome>, string]>([
    ["inside and outside answer", { inside: ok, berlin: ok }, "reachable 200 berlin"],
    ["nobody is outside", { inside: ok }, "reachable 200 inside only"],
    ["who is outside is mute", { inside: ok, berlin: mute }, "reachable 200 inside only"],
    ["one of two outside gets through", { inside: ok, berlin: silent, tokyo: ok }, "reachable 200 tokyo"],
    ["inside has no way to the public address, outside has", { inside: silent, berlin: ok }, "reachable 200 berlin"],
    ["inside knows the issuer not, outside does", { inside: tls("untrusted"), berlin: ok }, "reachable 200 berlin"],
    ["only outside times out", { inside: ok, berlin: silent }, "port-blocked berlin"],
    ["only outside times out, and inside has a 503", { inside: noServer, berlin: silent }, "port-blocked berlin"],
    [
      "only outside times out, and inside is cut",
      { inside: { state: "http-failed", detail: "x" }, berlin: silent },
      "port-blocked berlin",
    ],
    [
      "only outside times out, and inside has a wrong certificate",
      { inside: tls("default"), berlin: silent },
      "port-blocked berlin",
    ],
    ["one outside times out, another is mute", { inside: ok, berlin: silent, tokyo: mute }, "port-blocked berlin"],
    ["one outside times out, another is refused", { inside: ok, berlin: silent, tokyo: refused }, "port-refused tokyo"],
    [
      "one outside times out, another sees a certificate",
      { inside: ok, berlin: silent, tokyo: tls("expired") },
      "tls-expired tokyo",
    ],
    ["outside is refused", { inside: ok, berlin: refused }, "port-refused berlin"],
    ["outside finds no address", { inside: ok, berlin: noName }, "dns-missing berlin"],
    ["outside finds no address, and inside has a 503", { inside: noServer, berlin: noName }, "dns-missing berlin"],
    ["inside is refused: nothing listens", { inside: refused, berlin: silent }, "port-refused inside"],
    ["both time out", { inside: silent, berlin: silent }, "not-reachable-unexplained inside"],
    ["inside nobody could look", { inside: mute, berlin: silent }, "not-reachable-unexplained berlin"],
    ["nobody is inside", { berlin: silent }, "not-reachable-unexplained berlin"],
    ["both have the same 503", { inside: noServer, berlin: noServer }, "http-502-503-504 inside"],
    [
      "outside goes round in circles, by a CDN",
      { inside: ok, berlin: { state: "redirect-loop", status: 301, hops: [] } },
      "redirect-loop berlin",
    ],
    ["every vantage is mute", { inside: mute, berlin: mute }, "unknown"],
    ["nobody has looked", {}, "unseen"],
  ])("%s", (_, from, wanted) => expect(answerTo(from)).toBe(wanted));

  test("says why nobody outside saw it, and why nobody saw anything", () => {
    expect(answerOf(siteSeen({ inside: ok, berlin: mute }), NOW)).toMatchObject({
      blind: { because: "Said", detail: "no answer", from: "berlin" },
    });
    expect(answerOf(siteSeen({ inside: mute }), NOW)).toEqual({
      state: "unknown",
      reason: { because: "Said", detail: "no answer", from: "inside" },
    });
    expect(answerOf(undefined, NOW)).toEqual({ state: "unseen" });
  });
});

describe("another address than the cluster's", () => {
  const led = (outcome: Outcome, to: string) => lookFrom("berlin", outcome, { target: { address: to } });
  const answerAt = (outcome: Outcome, to: string, own: Partial<ReturnType<typeof site>> = {}) =>
    answerTo({}, { site: site(own), looks: [lookFrom("inside", ok), led(outcome, to)] });

  test.each<[string, Outcome]>([
    ["times out", silent],
    ["refuses", refused],
    ["is not there", { state: "tcp-unreachable", detail: "EHOSTUNREACH" }],
    ["has another's certificate", tls("wrong-host")],
    ["knows no such host", noRoute],
  ])("that %s is where DNS should not lead", (_, outcome) =>
    expect(answerAt(outcome, "198.51.100.9")).toBe("dns-elsewhere berlin"),
  );

  test("that answers is nobody's trouble, and a CDN's own error stays that", () => {
    expect(answerAt(ok, "198.51.100.9")).toBe("reachable 200 berlin");
    expect(answerAt(answered(522, { server: "cloudflare" }), "198.51.100.9")).toBe("cdn-in-front berlin");
  });

  test("cannot be told where the cluster knows its own by a translated address, by name, or by another family", () => {
    expect(answerAt(silent, "198.51.100.9", { address: "10.0.0.4" })).toBe("port-blocked berlin");
    expect(answerAt(silent, "198.51.100.9", { address: "lb.example.net" })).toBe("port-blocked berlin");
    expect(answerAt(silent, "2001:db8::9")).toBe("port-blocked berlin");
  });

  test("is none if it is of another of the Ingress's nodes", () => {
    expect(answerAt(silent, "203.0.113.8", { addresses: ["203.0.113.7", "203.0.113.8"] })).toBe("port-blocked berlin");
  });
});

describe("time", () => {
  const looks = (...given: ReturnType<typeof lookFrom>[]) => answerTo({}, { looks: given });

  test("a look that is too old says nothing any more", () => {
    const old = lookFrom("inside", ok, { at: at(-600), goodUntil: at(-1) });
    expect(answerOf(siteSeen({}, { looks: [old] }), NOW)).toEqual({
      state: "unknown",
      reason: { because: "LookOld", at: "09:50" },
    });
    expect(looks(lookFrom("inside", ok), lookFrom("berlin", silent, { goodUntil: at(-1) }))).toBe(
      "reachable 200 inside only",
    );
  });

  test("what the router said outside before it says something else inside is not of now", () => {
    const before = { at: at(-3_000), goodUntil: at(600) };
    expect(looks(lookFrom("inside", noServer, { since: at(-5) }), lookFrom("globalping", ok, before))).toBe(
      "http-502-503-504 inside",
    );
    expect(looks(lookFrom("inside", ok, { since: at(-5) }), lookFrom("globalping", noServer, before))).toBe(
      "reachable 200 inside only",
    );
  });

  test("what stopped somebody before the router stops him whatever the router says since", () => {
    const before = { at: at(-3_000), goodUntil: at(600) };
    expect(looks(lookFrom("inside", ok, { since: at(-5) }), lookFrom("globalping", silent, before))).toBe(
      "port-blocked globalping",
    );
  });

  test("one look is not yet sure of it", () => {
    const once = (times: number) => answerOf(siteSeen({}, { looks: [lookFrom("inside", refused, { times })] }), NOW);
    expect([once(1), once(2)]).toMatchObject([{ confirmed: false }, { confirmed: true }]);
  });
});

describe("the evidence", () => {
  test.each<[Outcome, string]>([
    [noServer, "GET https://rrr.example.com/ from inside: 503 · no available server"],
    [
      answered(522, { ...page, server: "cloudflare", body: "<title>rrr | 522: Connection timed out</title>" }),
      "GET https://rrr.example.com/ from inside: 522 · cloudflare · rrr | 522: Connection timed out",
    ],
    [
      answered(503, { server: "kong", body: '{"message":"no Route"}' }),
      "GET https://rrr.example.com/ from inside: 503 · kong",
    ],
    [silent, "connect 203.0.113.7:443 from inside: timed out"],
    [refused, "connect 203.0.113.7:443 from inside: refused"],
    [noName, "rrr.example.com from inside: no address"],
    [
      {
        state: "tls-failed",
        reason: "untrusted",
        detail: "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
        subject: "rrr.example.com",
        issuer: "Company CA",
        notAfter: new Date("2027-03-01T00:00:00Z"),
      },
      "TLS 203.0.113.7:443 for rrr.example.com from inside: certificate of rrr.example.com, issued by Company CA, valid until 2027-03-01",
    ],
    [
      { state: "redirect-loop", status: 301, hops: ["https://a/", "https://b/", "https://a/"] },
      "GET from inside: https://a/ → https://b/ → https://a/",
    ],
    [{ state: "http-timeout" }, "GET https://rrr.example.com/ from inside: connected, no answer"],
  ])("%j", (outcome, wanted) =>
    expect(answerOf(siteSeen({ inside: outcome }), NOW)).toMatchObject({ evidence: wanted }),
  );

  test("of any outcome has no code of a program and no JSON in it", () => {
    for (const outcome of [
      tls("untrusted"),
      tls("handshake"),
      silent,
      { state: "tcp-unreachable", detail: "EHOSTUNREACH" } as const,
      { state: "http-failed", detail: "ECONNRESET" } as const,
    ]) {
      const answer = answerOf(siteSeen({ inside: outcome }), NOW);
      expect(answer.state === "unreachable" && answer.evidence).not.toMatch(/[A-Z]{4,}_|\bE[A-Z]{4,}|[{}]/);
    }
  });
});
