import { describe, expect, test } from "vitest";
import { http404NoRoute } from "../../../src/diagnosis/rules/http-404-no-route.ts";
import { rules } from "../../../src/diagnosis/rules/index.ts";
import { portBlocked } from "../../../src/diagnosis/rules/port-blocked.ts";
import type { KubeObject } from "../../../src/project/ports/cluster.ts";
import type { ProbeResult } from "../../../src/project/ports/probes.ts";
import type { FindingStatus } from "../../../src/project/project.ts";
import { unknown } from "../../../src/project/read.ts";
import type { Unread } from "../../../src/project/unread.ts";
import type { Why } from "../../../src/project/why.ts";
import { codes, judged } from "../../builders/judged.ts";
import { answered, condition, ingressObject, waitingPod } from "../../builders/objects.ts";
import { at, NOW } from "../../builders/project.ts";
import { said } from "../../builders/said.ts";
import { control, lookFrom, site, siteSeen } from "../../builders/site.ts";
import { rolling } from "../../builders/workloads.ts";

type Outcome = ProbeResult["outcome"];
const ok = answered();
const timeout: Outcome = { state: "tcp-timeout" };
const refused: Outcome = { state: "tcp-refused" };
const mute: Outcome = { state: "unknown", detail: "no answer" };
const tls = (reason: Extract<Outcome, { state: "tls-failed" }>["reason"]): Outcome => ({
  state: "tls-failed",
  reason,
  detail: "x",
  subject: "TRAEFIK DEFAULT CERT",
  issuer: "TRAEFIK DEFAULT CERT",
  notAfter: at(-86_400),
});
const noRoute = answered(404, "404 page not found\n");
const ICP = "<html><title>Non-compliance ICP Filing</title>";

/** What is seen of each, and what its words are filled with. */
const troubles: Record<Why, { seen: ReturnType<typeof siteSeen>; params: object }> = {
  "dns-missing": {
    seen: siteSeen({ inside: ok, berlin: { state: "dns-failed", detail: "ENOTFOUND" } }),
    params: { type: "A", address: "203.0.113.7", vantage: "berlin" },
  },
  "dns-elsewhere": {
    seen: siteSeen(
      {},
      {
        from: ["inside", "berlin"],
        looks: [lookFrom("inside", ok), lookFrom("berlin", timeout, { target: { address: "198.51.100.9" } })],
      },
    ),
    params: { type: "A", address: "203.0.113.7", found: "198.51.100.9" },
  },
  "port-blocked": { seen: siteSeen({ inside: ok, berlin: timeout }), params: { port: 443, address: "203.0.113.7" } },
  "port-refused": { seen: siteSeen({ inside: refused }), params: { port: 443, address: "203.0.113.7" } },
  "tls-wrong-cert": {
    seen: siteSeen({ inside: tls("default") }),
    params: { own: "yes", subject: "TRAEFIK DEFAULT CERT", namespace: "rrr" },
  },
  "tls-expired": { seen: siteSeen({ inside: tls("expired") }), params: { early: "", until: "2026-02-28" } },
  "tls-untrusted": { seen: siteSeen({ inside: tls("self-signed") }), params: { own: "yes" } },
  "http-404-no-route": {
    seen: siteSeen({ inside: noRoute }, { control: control(noRoute) }),
    params: { namespace: "rrr", host: "rrr.example.com" },
  },
  "http-502-503-504": { seen: siteSeen({ inside: answered(503, "no available server\n") }), params: { status: 503 } },
  "http-no-answer": { seen: siteSeen({ inside: { state: "http-timeout" } }), params: { namespace: "rrr" } },
  "redirect-loop": {
    seen: siteSeen({ inside: { state: "redirect-loop", status: 308, hops: ["http://a", "https://a"] } }),
    params: { hops: "http://a → https://a" },
  },
  "cdn-in-front": {
    seen: siteSeen({ inside: ok, berlin: answered(522, "") }),
    params: { status: 522, vantage: "berlin" },
  },
  "icp-block": {
    seen: siteSeen({ inside: ok, beijing: answered(403, ICP) }),
    params: { cloud: "", vantage: "beijing" },
  },
  "not-reachable-unexplained": {
    seen: siteSeen({ inside: { state: "http-failed", detail: "x" } }),
    params: { outcome: "http-failed", address: "203.0.113.7" },
  },
};
const service: KubeObject = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "rrr", namespace: "rrr" },
  spec: { ports: [{ name: "http", port: 80 }] },
};
const slice = (ready: boolean): KubeObject => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: { name: "rrr-x", namespace: "rrr", labels: { "kubernetes.io/service-name": "rrr" } },
  ...{ endpoints: [{ addresses: ["10.42.0.7"], conditions: { ready } }] },
});

const all = Object.entries(troubles) as [Why, (typeof troubles)[Why]][]; // keys of a Record of Why

describe("why people do not get to an application", () => {
  test.each(all)("%s is found, alone, and stops the row of the URL", (why, { seen, params }) => {
    const { findings } = judged({ here: { site: seen } });
    expect(findings).toMatchObject([
      { code: why, severity: "fail", stage: "reachable", environment: "production", params, since: at(-60) },
    ]);
    const [finding] = findings;
    const ofPort = why === "port-blocked" || why === "port-refused";
    expect(finding?.subject).toBe(`environment/production/${ofPort ? "port/443" : "host/rrr.example.com"}`);
    expect(finding?.seenFrom).toBe(
      finding?.params.vantage === "inside" ? "inside" : `outside:${finding?.params.vantage}`,
    );
  });

  test.each(all)("%s is told in sentences without a gap", (why, { seen }) => {
    const [finding] = judged({ here: { site: seen } }).findings;
    expect(finding?.code).toBe(why);
    for (const sentence of Object.values(said(finding))) expect(sentence).not.toMatch(/undefined|NaN|\[object| {2}|^$/);
  });

  test.each(all)("%s that only one look has said is neither found nor over", (why, { seen }) => {
    const once = { ...seen, looks: seen.looks.map((each) => ({ ...each, times: 1 })) };
    expect(codes({ here: { site: once } })).toEqual([]);
    expect(judged({ here: { site: once }, status: { findings: [open(why)] } }).unknown).toContainEqual({
      code: why,
      environment: "production",
      reason: { because: "LookAlone" },
    });
  });

  test.each(all)("%s is over once the application answers, from outside too", (why) => {
    const site = siteSeen({ inside: ok, berlin: ok });
    const { findings, unknown } = judged({ here: { site }, status: { findings: [open(why)] } });
    expect(findings).toEqual([]);
    expect(unknown.map(({ code }) => code)).not.toContain(why);
  });

  test.each<[string, ReturnType<typeof siteSeen> | undefined, Unread]>([
    ["there is no route", undefined, { because: "RouteMissing" }],
    ["nobody has looked", siteSeen({}, { from: ["inside"] }), { because: "LookPending" }],
    [
      "nobody could look",
      siteSeen({ inside: mute, berlin: mute }),
      { because: "Said", detail: "no answer", from: "inside" },
    ],
    [
      "it answers inside, and outside nobody could look",
      siteSeen({ inside: ok, berlin: mute }),
      { because: "Said", detail: "no answer", from: "berlin" },
    ],
  ])("what was found stays while %s", (_, seen, reason) => {
    const found = open("tls-expired", "outside:berlin");
    const { unknown } = judged({ here: seen ? { site: seen } : {}, status: { findings: [found] } });
    expect(unknown.find(({ code }) => code === "tls-expired")).toEqual({
      code: "tls-expired",
      environment: "production",
      reason,
    });
  });

  test("what was found inside is over once it answers there, whoever cannot look outside", () => {
    const site = siteSeen({ inside: ok, berlin: mute });
    const { unknown } = judged({ here: { site }, status: { findings: [open("port-refused", "inside")] } });
    expect(unknown.map(({ code }) => code)).not.toContain("port-refused");
  });

  test("what was never found is not told as unknown, but for the port that people ask about", () => {
    const blind = judged({}).unknown.filter(({ code }) => code in troubles);
    expect(blind).toEqual([{ code: "port-blocked", environment: "production", reason: { because: "RouteMissing" } }]);
  });

  test("is said of each environment by itself", () => {
    const here = [
      { site: siteSeen({ inside: refused }) },
      { environment: { name: "staging", host: "s.example.com" }, site: siteSeen({ inside: ok }) },
    ];
    expect(judged({ here }).findings.map(({ code, environment }) => [code, environment])).toEqual([
      ["port-refused", "production"],
    ]);
  });

  test("is not a wrong certificate while the right one is being issued", () => {
    const certificate: KubeObject = {
      apiVersion: "cert-manager.io/v1",
      kind: "Certificate",
      metadata: { name: "rrr-tls", namespace: "rrr" },
      status: { conditions: [condition("Ready", "False", "DoesNotExist")] },
    };
    expect(codes({ here: { site: siteSeen({ inside: tls("default") }), objects: [certificate] } })).toEqual([]);
  });

  test("is what is wrong with the pods, where a rule knows that, and not the gateway's word for it", () => {
    const objects = rolling([waitingPod("ErrImagePull", "403 Forbidden")]);
    const seen = { at: at(3600) };
    expect(codes({ seen, here: { site: siteSeen({ inside: answered(503, "") }), objects } })).toEqual([
      "fail image-unauthorized",
    ]);
  });

  test("is what is wrong with the pods also where the router makes no route for what has none ready", () => {
    const crashing = waitingPod("CrashLoopBackOff", "back-off", { restarts: 4, exitCode: 1, terminated: "Error" });
    const { seen } = troubles["http-404-no-route"];
    expect(codes({ here: { site: seen, objects: rolling([crashing]) } })).toEqual(["fail pod-crashloop"]);
  });

  test.each<[string, KubeObject[], string]>([
    ["nothing could be read of it", [], ""],
    ["the Service is not there", [ingressObject()], "no-service"],
    ["no pod is ready", [ingressObject(), service, slice(false)], "nobody"],
    ["there is no pod", [ingressObject(), service], "nobody"],
    ["a pod is ready", [ingressObject(), service, slice(true)], ""],
  ])("says of a route that is not there what stands behind it: %s", (_, objects, behind) => {
    const { seen } = troubles["http-404-no-route"];
    const [finding] = judged({ rules: [http404NoRoute], here: { site: seen, objects } }).findings;
    expect(finding?.params).toMatchObject({ behind });
    const { cause } = said(finding);
    expect(
      cause.endsWith(behind === "" ? "(seen from inside)." : behind === "nobody" ? "no ready pod." : "does not exist."),
    ).toBe(true);
  });

  test("does not say that nobody is behind it where that could not be read", () => {
    const here = {
      site: troubles["http-404-no-route"].seen,
      objects: [ingressObject(), service],
      unread: { EndpointSlice: unknown("403") },
    };
    expect(judged({ rules: [http404NoRoute], here }).findings[0]?.params).toMatchObject({ behind: "" });
  });

  test("has a rule for each of its names", () => {
    expect(rules.map(({ code }) => code)).toEqual(expect.arrayContaining(Object.keys(troubles)));
  });
});

function open(code: Why, seenFrom = "inside"): FindingStatus {
  const instant = NOW.toISOString();
  return {
    ...{ code, subject: "x", environment: "production", severity: "fail", evidence: "", seenFrom, params: {} },
    ...{ remedies: [], since: instant, lastSeen: instant, count: 1 },
  };
}

describe("port-blocked", () => {
  const probes = (inside: Outcome | undefined, ...outside: Outcome[]) =>
    siteSeen({
      ...(inside ? { inside } : {}),
      ...Object.fromEntries(outside.map((each, index) => [`vantage-${index}`, each])),
    });
  const judge = (site: ReturnType<typeof siteSeen> | undefined, cloud = "") =>
    judged({ rules: [portBlocked], here: { ...(site ? { site } : {}), cloud } });

  test.each<[string, ReturnType<typeof siteSeen> | undefined, "found" | "not" | "unknown"]>([
    ["inside answers, outside times out", probes(ok, timeout), "found"],
    ["inside answers with a 500, outside times out", probes(answered(500), timeout), "found"],
    ["inside answers with a gateway's 503, outside times out", probes(answered(503, ""), timeout), "found"],
    ["inside answers no HTTP, outside times out", probes({ state: "http-failed", detail: "x" }, timeout), "found"],
    ["inside has a wrong certificate, outside times out", probes(tls("default"), timeout), "found"],
    ["one vantage times out, another is mute", probes(ok, timeout, mute), "found"],
    ["one vantage times out, another gets through", probes(ok, timeout, ok), "not"],
    ["one vantage times out, another is refused", probes(ok, timeout, refused), "not"],
    ["outside answers", probes(ok, ok), "not"],
    ["outside is refused", probes(ok, refused), "not"],
    ["outside finds no address", probes(ok, { state: "dns-failed", detail: "NXDOMAIN" }), "not"],
    ["nobody is outside", probes(ok), "not"],
    ["inside is refused: nothing listens", probes(refused, timeout), "not"],
    ["inside times out too", probes(timeout, timeout), "not"],
    ["inside nobody could look", probes(mute, timeout), "not"],
    ["nobody is inside", probes(undefined, timeout), "not"],
    ["every vantage outside is mute", probes(ok, mute, mute), "unknown"],
    ["every vantage is mute", probes(mute, mute), "unknown"],
    ["there was nothing to look at", undefined, "unknown"],
  ])("%s", (_, given, wanted) => {
    const { findings, unknown: blind } = judge(given);
    expect(findings.length === 1 ? "found" : blind.length === 1 ? "unknown" : "not").toBe(wanted);
  });

  test("names port, address, vantage and cloud", () => {
    const target = { port: 31611 };
    const looks = [lookFrom("inside", ok, { target }), lookFrom("berlin", timeout, { target })];
    const [finding] = judge({ site: site(), from: ["inside", "berlin"], looks }, "tencent").findings;
    expect(finding).toMatchObject({
      severity: "fail",
      subject: "environment/production/port/31611",
      seenFrom: "outside:berlin",
      params: { port: 31611, vantage: "berlin", cloud: "tencent", host: "rrr.example.com" },
    });
  });
});
