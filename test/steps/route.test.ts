import { describe, expect, test } from "vitest";
import { known } from "../../src/project/params.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import type { Deploy } from "../../src/project/project.ts";
import { unknown } from "../../src/project/read.ts";
import { certificate } from "../../src/steps/certificate.ts";
import { ingress } from "../../src/steps/ingress.ts";
import { reachable } from "../../src/steps/reachable.ts";
import { en } from "../../src/words/en/index.ts";
import { reasonSaid } from "../../src/words/reason-said.ts";
import { answered, condition, deployment, ingressObject } from "../builders/objects.ts";
import { at, NOW } from "../builders/project.ts";
import { SHA } from "../builders/run.ts";
import { lookFrom, siteSeen } from "../builders/site.ts";
import { contextOf, type Given, says } from "../builders/step-context.ts";
import { ownedBy, podWith, rolling } from "../builders/workloads.ts";
import { createWorld } from "../builders/world/create-world.ts";

describe("the ingress", () => {
  const service = (ports: object[]): KubeObject => ({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "rrr", namespace: "rrr" },
    spec: { ports },
  });

  test.each<[string, Given, string]>([
    ["is not there", {}, "waiting IngressMissing"],
    ["cannot be read", { here: { unread: { Ingress: unknown("403") } } }, "waiting Unreadable"],
    ["is of another host", { here: { objects: [ingressObject({ host: "x.example.com" })] } }, "waiting IngressMissing"],
    ["stands", { here: { objects: [ingressObject()] } }, "done IngressReady"],
    ["is a wildcard", { here: { objects: [ingressObject({ host: "*.example.com" })] } }, "done IngressReady"],
    [
      "is a wildcard of another level",
      { here: { objects: [ingressObject({ host: "*.com" })] } },
      "waiting IngressMissing",
    ],
  ])("%s", async (_, given, wanted) => expect(await says(ingress, given)).toBe(wanted));

  test.each<[string, KubeObject[], unknown]>([
    ["a number", [service([{ name: "http", port: 80, targetPort: 3000 }])], 3000],
    ["the Service's own", [service([{ name: "http", port: 80 }])], 80],
    [
      "a name that a container has",
      [
        service([{ name: "http", port: 80, targetPort: "web" }]),
        {
          ...deployment(),
          spec: {
            template: {
              spec: { containers: [{ name: "a", image: "x", ports: [{ name: "web", containerPort: 8080 }] }] },
            },
          },
        },
      ],
      8080,
    ],
    ["a name that nobody has", [service([{ name: "http", port: 80, targetPort: "web" }]), deployment()], ""],
    ["of a Service that is not there", [], ""],
    ["of another port of the Service", [service([{ name: "metrics", port: 9090 }])], ""],
  ])("tells where the application listens: %s", async (_, objects, port) => {
    expect(await ingress.ensure(contextOf({ here: { objects: [ingressObject(), ...objects] } }))).toMatchObject({
      params: { host: "rrr.example.com", port },
    });
  });
});

describe("the certificate", () => {
  const own = ingressObject({ tls: true, issuer: "letsencrypt-prod" });
  const link = (kind: string, name: string, of?: KubeObject, rest: object = {}): KubeObject => ({
    apiVersion: "x",
    kind,
    metadata: { name, namespace: "rrr", uid: `uid-${name}`, ...(of ? { ownerReferences: ownedBy(of) } : {}) },
    ...rest,
  });
  const object = (status: "True" | "False", host = "rrr.example.com", name = "rrr-tls") =>
    link("Certificate", name, undefined, {
      spec: { issuerRef: { name: "letsencrypt-prod" }, dnsNames: [host] },
      status: { notAfter: "2026-06-01T00:00:00Z", conditions: [condition("Ready", status, "x")] },
    });
  const pending = object("False");
  const challenged = (state: string) => {
    const request = link("CertificateRequest", "rrr-tls-1", pending);
    const order = link("Order", "rrr-tls-1-2", request);
    const spec = { type: "HTTP-01", dnsName: "rrr.example.com" };
    return [own, pending, request, order, link("Challenge", "c", order, { spec, status: { state, reason: "no" } })];
  };

  test.each<[string, Given["here"], string]>([
    ["is of no use without TLS", { objects: [ingressObject()] }, "skipped CertificateUnused"],
    ["is of no use without a route", {}, "skipped CertificateUnused"],
    ["is somebody's own secret", { objects: [ingressObject({ tls: true })] }, "skipped CertificateUnused"],
    ["cannot be read", { objects: [own], unread: { Certificate: unknown("403") } }, "waiting Unreadable"],
    ["is of a route that cannot be read", { unread: { Ingress: unknown("403") } }, "waiting Unreadable"],
    ["is asked for", { objects: [own] }, "waiting CertificateUnmade"],
    ["is another host's", { objects: [own, object("True", "x.example.com")] }, "waiting CertificateUnmade"],
    ["is on its way", { objects: [own, pending] }, "waiting CertificateOrdered"],
    ["is challenged", { objects: challenged("pending") }, "waiting CertificateChallenged"],
    [
      "failed its challenge: why is not a step's to say",
      { objects: challenged("invalid") },
      "waiting CertificateChallenged",
    ],
    ["is there", { objects: [own, object("True")] }, "done CertificateReady"],
    [
      "is there, and a second host's is not",
      { objects: [own, object("True"), object("False", "www.example.com", "w")] },
      "waiting CertificateOrdered",
    ],
    ["is a wildcard's", { objects: [own, object("True", "*.example.com")] }, "done CertificateReady"],
    ["is a wildcard's of another level", { objects: [own, object("True", "*.com")] }, "waiting CertificateUnmade"],
    [
      "is of nobody's asking but there",
      { objects: [ingressObject({ tls: true }), object("True")] },
      "done CertificateReady",
    ],
  ])("%s", async (_, here, wanted) => expect(await says(certificate, here ? { here } : {})).toBe(wanted));

  test.each<[string, KubeObject[], string]>([
    ["before anything was done", [own, pending], "order in progress"],
    ["not taken up yet", challenged(""), "HTTP-01 challenge pending for rrr.example.com"],
    ["under way", challenged("processing"), "HTTP-01 challenge processing for rrr.example.com"],
    ["met", challenged("valid"), "HTTP-01 challenge passed, being issued"],
  ])("tells how far it is: %s", async (_, objects, told) => {
    const outcome = await certificate.ensure(contextOf({ here: { objects } }));
    if (outcome.state !== "waiting") expect.fail(outcome.state);
    expect(reasonSaid(outcome.reason, known(outcome.params ?? {}), en)).toBe(`letsencrypt-prod: ${told}`);
  });

  test("tells by whom and until when", async () => {
    expect(await certificate.ensure(contextOf({ here: { objects: [own, object("True")] } }))).toMatchObject({
      params: { issuer: "letsencrypt-prod", notAfter: "2026-06-01" },
    });
  });
});

describe("the URL", () => {
  const tls = [ingressObject({ tls: true })];
  const seen = (...given: Parameters<typeof siteSeen>): Given => ({ here: { objects: tls, site: siteSeen(...given) } });
  const mute = { state: "unknown" as const, detail: "no answer" };
  const begun = {
    stages: [
      { stage: "reachable" as const, state: "waiting" as const, reason: "x", params: {}, startedAt: NOW.toISOString() },
    ],
  };

  test.each<[string, Given, string]>([
    ["has no route to look at", {}, "waiting ReachableUnseen"],
    ["was not looked at", seen({}, { from: ["inside"] }), "waiting ReachableUnseen"],
    ["answers inside, and nobody is outside", seen({ inside: answered() }), "done ReachableInside"],
    ["answers inside and outside", seen({ inside: answered(), elsewhere: answered() }), "done ReachableOutside"],
    [
      "answers outside, inside nobody could look",
      seen({ inside: mute, elsewhere: answered() }),
      "done ReachableOutside",
    ],
    [
      "is the application's own 404",
      seen({ inside: answered(404, "no such page, says the app") }),
      "done ReachableInside",
    ],
    ["is the router's 404", seen({ inside: answered(404, "404 page not found\n") }), "waiting ReachableTrying"],
    ["is a gateway's 503", seen({ inside: answered(503, "") }), "waiting ReachableTrying"],
    ["is the application's 500", seen({ inside: answered(500) }), "done ReachableInside"],
    [
      "answers inside but not outside",
      seen({ inside: answered(), elsewhere: { state: "tcp-timeout" } }),
      "waiting ReachableTrying",
    ],
    [
      "has a vantage that is mute just now",
      seen({ inside: answered(), elsewhere: mute }),
      "waiting ReachableOutsideAwaited",
    ],
    [
      "has a vantage that has not looked yet",
      seen({ inside: answered() }, { from: ["inside", "elsewhere"] }),
      "waiting ReachableOutsideAwaited",
    ],
    ["is refused", seen({ inside: { state: "tcp-refused" } }), "waiting ReachableTrying"],
    ["could not be looked at by anybody", seen({ inside: mute }), "waiting ReachableTrying"],
    [
      "is asked for no pod",
      { here: { objects: [...tls, deployment({ replicas: 0 })], site: siteSeen({ inside: answered(503, "") }) } },
      "skipped ScaledToZero",
    ],
    [
      "is asked for no pod but a Job's",
      {
        here: {
          objects: [...tls, { apiVersion: "batch/v1", kind: "Job", metadata: { name: "j", namespace: "rrr" } }],
        },
      },
      "skipped ScaledToZero",
    ],
  ])("%s", async (_, given, wanted) => expect(await says(reachable, given)).toBe(wanted));

  test.each([
    [59, "waiting ReachableOutsideAwaited"],
    [60, "done ReachableInside"],
  ])("is waited for by the word of a vantage that stays mute: %i s after it began, %s", async (seconds, wanted) => {
    // A look of the time that it is then.
    const looks = ["inside", "elsewhere"].map((from, index) => lookFrom(from, index ? mute : answered()));
    const given = seen({}, { from: ["inside", "elsewhere"], looks });
    expect(await says(reachable, { ...given, seen: { at: at(seconds) }, status: begun })).toBe(wanted);
  });

  test("answers for the newest pod only where it was looked at since that is ready", async () => {
    const pod = (seconds: number) => {
      const object = podWith({ app: { status: { ready: true } } }, { ready: true });
      const conditions = [{ type: "Ready", status: "True", lastTransitionTime: at(seconds).toISOString() }];
      return rolling([{ ...object, status: { ...(object.status as object), conditions } }], deployment());
    };
    const looked = (podAt: number, lookAt: number, now = 100) => {
      const looks = [lookFrom("inside", answered(), { at: at(lookAt) })];
      const here = { objects: [...tls, ...pod(podAt)], site: siteSeen({}, { from: ["inside"], looks }) };
      return says(reachable, { seen: { at: at(now) }, here });
    };
    expect(await looked(50, 49)).toBe("waiting ReachableUnseen");
    expect(await looked(50, 51)).toBe("done ReachableInside");
    // A clock that is ahead tells nothing.
    expect(await looked(200, 51)).toBe("done ReachableInside");
  });

  test.each([
    ["inside since", 51, 60, "waiting ReachableOutsideAwaited"],
    ["inside since, and it was waited for long enough", 51, 120, "done ReachableInside"],
    ["by nobody since", 49, 120, "waiting ReachableRenewed"],
  ])("where who looks outside saw the pod before and cannot look now, answered %s", async (_, inside, now, wanted) => {
    const object = podWith({ app: { status: { ready: true } } }, { ready: true });
    const conditions = [{ type: "Ready", status: "True", lastTransitionTime: at(50).toISOString() }];
    const pods = rolling([{ ...object, status: { ...(object.status as object), conditions } }], deployment());
    const looks = [
      lookFrom("inside", answered(), { at: at(inside), goodUntil: at(300) }),
      lookFrom("globalping", answered(), { at: at(40), goodUntil: at(4200), unheard: "used up" }),
    ];
    const here = { objects: [...tls, ...pods], site: siteSeen({}, { from: ["inside", "globalping"], looks }) };
    const stage = { stage: "reachable" as const, state: "waiting" as const, reason: "x", params: {} };
    const status = { stages: [{ ...stage, startedAt: at(30).toISOString() }] };
    expect(await says(reachable, { seen: { at: at(now) }, here, status })).toBe(wanted);
  });

  describe("of a deploy that changes no pod", () => {
    const SOURCE = `rrr-${SHA.slice(0, 12)}`;
    /** Released, seen rolled out at second 10 if at all, and looked at then. */
    const given = (looks: ReturnType<typeof lookFrom>[], rest: Partial<Deploy> = {}, source = SOURCE): Given => ({
      seen: { at: at(40) },
      here: { objects: tls, site: siteSeen({}, { from: looks.map(({ from }) => from), looks }) },
      remembered: { released: SHA, source },
      status: {
        phase: "Live",
        deploys: [
          {
            ...{ id: SHA, sha: SHA, tag: "t", author: "", title: "", url: "", startedAt: NOW.toISOString() },
            state: "running",
            stages: [
              { stage: "rollout", state: "done", reason: "RolloutDone", params: {}, finishedAt: at(10).toISOString() },
            ],
            ...rest,
          },
        ],
      },
    });
    const ok = (from: string, seconds: number) => lookFrom(from, answered(), { at: at(seconds) });
    const bad = (from: string, seconds: number) =>
      lookFrom(from, answered(502, ""), { at: at(seconds), since: at(seconds), times: 1 });

    test.each<[string, Given, string]>([
      ["before it was applied", given([ok("inside", 9)]), "waiting ReachableUnseen"],
      ["before the router took it up", given([ok("inside", 12)]), "waiting ReachableUnseen"],
      ["once the router has taken it up", given([ok("inside", 14)]), "done ReachableInside"],
      [
        "after it was applied, without other manifests",
        given([ok("inside", 12)], {}, "rrr-old"),
        "done ReachableInside",
      ],
      [
        "before it was applied, without other manifests",
        given([ok("inside", 9)], {}, "rrr-old"),
        "waiting ReachableUnseen",
      ],
      ["before it is seen applied", given([ok("inside", 39)], { stages: [] }), "waiting ReachableUnseen"],
      ["outside before, inside since", given([ok("inside", 20), ok("elsewhere", 5)]), "done ReachableOutside"],
      [
        "outside before, and not inside since",
        given([bad("inside", 14), ok("elsewhere", 5)]),
        "waiting ReachableUnseen",
      ],
      ["outside since, and never inside", given([bad("inside", 14), ok("elsewhere", 20)]), "done ReachableOutside"],
      [
        "before it was applied, but it was live long ago",
        given([ok("inside", 9)], { state: "live" }),
        "done ReachableInside",
      ],
    ])("is answered %s", async (_, each, wanted) => expect(await says(reachable, each)).toBe(wanted));

    const usedUp = "used up until 11:00 UTC";
    const earlier = (given: { unheard?: string } = {}) =>
      lookFrom("globalping", answered(), { at: at(5), goodUntil: at(4200), ...given });
    const noWay = (seconds: number) => lookFrom("inside", { state: "tcp-timeout" }, { at: at(seconds) });

    test.each<[string, Given, object]>([
      [
        "by one who is about to look again: it is waited for",
        given([noWay(20), earlier()]),
        { state: "waiting", reason: "ReachableUnseen", until: at(41) },
      ],
      [
        "by one who cannot look now, and by nobody since: it is told what is waited for",
        given([noWay(20), earlier({ unheard: usedUp })]),
        {
          state: "waiting",
          reason: "ReachableRenewed",
          params: { because: "Said", from: "globalping", detail: usedUp },
        },
      ],
      [
        "by one who cannot look now, and inside before too",
        given([ok("inside", 9), earlier({ unheard: usedUp })]),
        { state: "waiting", reason: "ReachableRenewed" },
      ],
      [
        "by one who looked since",
        given([noWay(20), lookFrom("globalping", answered(), { at: at(21) })]),
        { state: "done", reason: "ReachableOutside" },
      ],
    ])("was answered outside %s", async (_, each, outcome) =>
      expect(await reachable.ensure(contextOf(each))).toMatchObject(outcome),
    );

    test("has one that looks seldom asked for what is newer than this deploy, here", async () => {
      const world = createWorld();
      const asked: unknown[] = [];
      const { sites } = world.controller.ports;
      world.controller.ports = {
        ...world.controller.ports,
        sites: { ...sites, renew: (...each) => void asked.push(each) },
      };
      await reachable.ensure(contextOf({ ...given([noWay(20), earlier()]), world }));
      await reachable.ensure(contextOf({ ...given([ok("inside", 20)]), world }));
      expect(asked).toEqual([["rrr", "production", at(13)]]);
    });

    test("is looked at again at once, since what answered is of before", async () => {
      const world = createWorld();
      const asked: string[] = [];
      const { sites } = world.controller.ports;
      world.controller.ports = {
        ...world.controller.ports,
        sites: { ...sites, soon: (project) => void asked.push(project) },
      };
      const outcome = await reachable.ensure(contextOf({ ...given([ok("inside", 9)]), world }));
      expect(outcome).toMatchObject({ state: "waiting", until: at(41) });
      await reachable.ensure(contextOf({ ...given([ok("inside", 20)]), world }));
      expect(asked).toEqual(["rrr"]);
    });
  });

  test("tells why not, by the name that a rule has for it, and who saw it", async () => {
    const outcome = {
      ...{ state: "tls-failed" as const, reason: "default" as const, detail: "DEPTH_ZERO_SELF_SIGNED_CERT" },
      subject: "TRAEFIK DEFAULT CERT",
    };
    expect(await reachable.ensure(contextOf(seen({ inside: outcome })))).toMatchObject({
      params: { why: "tls-wrong-cert", from: "inside" },
    });
  });

  test("is told with its scheme, as the project's where it is of the first environment", async () => {
    expect(await reachable.ensure(contextOf(seen({ inside: answered() })))).toMatchObject({
      learned: { url: "https://rrr.example.com", environment: { url: "https://rrr.example.com" } },
    });
    const plain = { here: { objects: [ingressObject()], site: siteSeen({ inside: answered() }) } };
    expect(await reachable.ensure(contextOf(plain))).toMatchObject({ learned: { url: "http://rrr.example.com" } });
    const other = { ...seen({ inside: answered() }).here, environment: { name: "staging", host: "s.example.com" } };
    const outcome = await reachable.ensure(contextOf({ here: other }));
    expect(outcome).toMatchObject({ learned: { environment: { url: "http://s.example.com" } } });
    expect(outcome).not.toHaveProperty("learned.url");
  });
});
