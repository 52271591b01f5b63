import { describe, expect, test } from "vitest";
import { ingressOf } from "../../src/facts/ingress.ts";
import { routeOf } from "../../src/facts/route.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import { ingressObject } from "../builders/objects.ts";
import { ofKind, recorded } from "../builders/recorded.ts";

const HOST = "rrr.example.com";
const backend = (name: string) => ({ service: { name, port: { number: 80 } } });
const rule = (host: string | undefined, service = "rrr") => ({
  ...(host === undefined ? {} : { host }),
  http: { paths: [{ path: "/", backend: backend(service) }] },
});
const ingress = (spec: object, name = "rrr", annotations: Record<string, string> = {}): KubeObject => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { name, namespace: "rrr", annotations },
  spec,
});

describe("an Ingress", () => {
  test("tells class, rules, TLS and the address of whoever serves it", () => {
    expect(ingressOf(ingressObject({ tls: true, issuer: "letsencrypt-prod" }))).toMatchObject({
      className: "traefik",
      rules: [{ host: HOST, backends: [{ service: "rrr", port: "http" }] }],
      tls: [{ hosts: [HOST], secretName: "rrr-tls" }],
      addresses: ["203.0.113.7"],
      asksForCertificate: true,
    });
  });

  test("as a real cluster had it has an address", () => {
    expect(ofKind(recorded("launch-ready"), "Ingress").map((each) => ingressOf(each).addresses)).toEqual([
      ["198.18.0.1"],
    ]);
  });

  test.each<[string, object, Record<string, string>, object]>([
    ["of a class by annotation", {}, { "kubernetes.io/ingress.class": "nginx" }, { className: "nginx" }],
    [
      "of a class by field and annotation: the field",
      { ingressClassName: "traefik" },
      { "kubernetes.io/ingress.class": "nginx" },
      { className: "traefik" },
    ],
    ["of no class", {}, {}, { className: undefined, asksForCertificate: false }],
    ["that asks a namespace's issuer", {}, { "cert-manager.io/issuer": "own" }, { asksForCertificate: true }],
    ["that asks whichever issuer", {}, { "kubernetes.io/tls-acme": "true" }, { asksForCertificate: true }],
    ["with an empty host", { rules: [rule("")] }, {}, { rules: [{ host: undefined }] }],
    [
      "with a default backend",
      { rules: [rule(HOST)], defaultBackend: backend("rest") },
      {},
      { rules: [{ host: HOST }, { host: undefined, backends: [{ service: "rest", port: 80 }] }] },
    ],
    ["with a rule that leads nowhere", { rules: [{ host: HOST }] }, {}, { rules: [{ host: HOST, backends: [] }] }],
    [
      "that leads to what is no Service",
      { rules: [{ host: HOST, http: { paths: [{ backend: { resource: { kind: "Bucket" } } }] } }] },
      {},
      { rules: [{ host: HOST, backends: [] }] },
    ],
    ["that nobody serves", {}, {}, { addresses: [] }],
  ])("%s", (_, spec, annotations, wanted) => {
    expect(ingressOf(ingress(spec, "rrr", annotations))).toMatchObject(wanted);
  });

  test("served under a name, or by nobody any more", () => {
    const served = (list: object[] | null) =>
      ingressOf({ ...ingress({}), status: { loadBalancer: { ingress: list } } }).addresses;
    expect(served([{ hostname: "lb.example.net" }, { ip: "203.0.113.7" }])).toEqual(["lb.example.net", "203.0.113.7"]);
    expect(served(null)).toEqual([]);
  });
});

describe("the route of a host", () => {
  const WILD = "*.example.com";

  test.each<[string, object[], [by: string, service: string] | undefined]>([
    ["by its own name", [{ rules: [rule(HOST)] }], ["host", "rrr"]],
    ["by its own name in capitals", [{ rules: [rule("RRR.Example.COM")] }], ["host", "rrr"]],
    ["by a wildcard in capitals", [{ rules: [rule("*.EXAMPLE.com")] }], ["wildcard", "rrr"]],
    ["by a second rule", [{ rules: [rule("x.example.com", "x"), rule(HOST, "own")] }], ["host", "own"]],
    ["by a second Ingress", [{ rules: [rule("x.example.com", "x")] }, { rules: [rule(HOST, "own")] }], ["host", "own"]],
    ["by none", [], undefined],
    ["of another host", [{ rules: [rule("x.example.com")] }], undefined],
    ["by a wildcard", [{ rules: [rule(WILD)] }], ["wildcard", "rrr"]],
    ["by a wildcard of two labels", [{ rules: [rule("*.com")] }], undefined],
    ["by a wildcard of its own name", [{ rules: [rule("*.rrr.example.com")] }], undefined],
    ["by a rule without a host", [{ rules: [rule(undefined)] }], ["any", "rrr"]],
    ["by a default backend", [{ defaultBackend: backend("rest") }], ["any", "rest"]],
    ["by none: TLS alone leads nowhere", [{ tls: [{ hosts: [HOST] }] }], undefined],
    ["by its name before a wildcard", [{ rules: [rule(WILD, "wild"), rule(HOST, "own")] }], ["host", "own"]],
    [
      "by its name in a second Ingress before any host in the first",
      [{ defaultBackend: backend("rest") }, { rules: [rule(HOST, "own")] }],
      ["host", "own"],
    ],
    [
      "by a wildcard before any host",
      [{ rules: [rule(undefined, "rest")] }, { rules: [rule(WILD, "wild")] }],
      ["wildcard", "wild"],
    ],
    [
      "by the first of several of its name",
      [{ rules: [rule(HOST, "a")] }, { rules: [rule(HOST, "b")] }],
      ["host", "a"],
    ],
  ])("%s", (_, specs, wanted) => {
    const found = routeOf(
      specs.map((spec, index) => ingressOf(ingress(spec, `i${index}`))),
      HOST,
    );
    expect(found && [found.by, found.backends[0]?.service]).toEqual(wanted);
  });

  test("in capitals is the same", () => {
    const [own, wild] = [HOST, WILD].map((host) => [
      ingressOf(ingress({ rules: [rule(host)], tls: [{ hosts: [host] }] })),
    ]);
    expect([own, wild].map((each) => routeOf(each ?? [], "RRR.EXAMPLE.com"))).toMatchObject([
      { by: "host", tls: true },
      { by: "wildcard", tls: true },
    ]);
  });

  test("is its own name's before a wildcard's, and a wildcard's before any, however they are ordered and spread", () => {
    const hosts = [HOST, WILD, undefined, "x.example.com", "*.rrr.example.com"];
    const by = (host: string | undefined) => (host === HOST ? "host" : host === WILD ? "wildcard" : "any");
    for (const given of orders(hosts))
      for (let split = 0; split <= given.length; split += 1) {
        const found = routeOf(
          [given.slice(0, split), given.slice(split)].map((each) =>
            ingressOf(ingress({ rules: each.map((host) => rule(host)) })),
          ),
          HOST,
        );
        const matching = [HOST, WILD, undefined].filter((host) => given.includes(host));
        expect([given, found?.by]).toEqual([given, matching.length === 0 ? undefined : by(matching[0])]);
      }
  });

  describe("by several Ingresses of its name", () => {
    const of = (className: string, service: string, served: boolean, host = HOST) => ({
      ...ingress({ ingressClassName: className, rules: [rule(host, service)] }),
      ...(served ? { status: { loadBalancer: { ingress: [{ ip: "203.0.113.7" }] } } } : {}),
    });
    const services = (...objects: KubeObject[]) => {
      const found = routeOf(objects.map(ingressOf), HOST);
      return found && [found.by, found.backends[0]?.service];
    };

    test.each<[string, KubeObject[], [by: string, service: string]]>([
      [
        "one of a class that nobody serves is passed over",
        [of("nginx", "a", false), of("traefik", "b", true)],
        ["host", "b"],
      ],
      [
        "also where the other is a wildcard",
        [of("nginx", "a", false), of("traefik", "b", true, WILD)],
        ["wildcard", "b"],
      ],
      ["one that nobody serves yet is taken where there is no other", [of("traefik", "a", false)], ["host", "a"]],
      [
        "of two that are served the first is taken",
        [of("traefik", "a", true), of("traefik", "b", true)],
        ["host", "a"],
      ],
    ])("%s", (_, objects, wanted) => expect(services(...objects)).toEqual(wanted));
  });

  test.each<[string, (string | undefined)[], string[]]>([
    ["that of /, wherever it stands", ["/api", "/"], ["s1"]],
    ["that of no path, which is all of them", [undefined, "/api"], ["s0"]],
    ["those of other paths where nothing leads / anywhere", ["/api", "/app"], ["s0", "s1"]],
    ["all of /", ["/", "/api", "/"], ["s0", "s2"]],
  ])("leads to the Services of several paths: %s", (_, paths, wanted) => {
    const http = { paths: paths.map((path, index) => ({ ...(path ? { path } : {}), backend: backend(`s${index}`) })) };
    const found = routeOf([ingressOf(ingress({ rules: [{ host: HOST, http }] }))], HOST);
    expect(found?.backends.map(({ service }) => service)).toEqual(wanted);
  });

  test("a wildcard stands for one label: not for none, and not for two", () => {
    const wild = [ingressOf(ingress({ rules: [rule(WILD)] }))];
    expect([HOST, "example.com", "a.rrr.example.com"].map((host) => routeOf(wild, host)?.by)).toEqual([
      "wildcard",
      undefined,
      undefined,
    ]);
  });

  test.each<[string, object[] | undefined, boolean]>([
    ["of no TLS", undefined, false],
    ["of its own name", [{ hosts: [HOST] }], true],
    ["of another name", [{ hosts: ["x.example.com"] }], false],
    ["of a wildcard", [{ hosts: [WILD] }], true],
    ["of whatever host", [{}], true],
    ["of a second entry", [{ hosts: ["x.example.com"] }, { hosts: [HOST] }], true],
  ])("is encrypted as its Ingress says: %s", (_, tls, wanted) => {
    expect(routeOf([ingressOf(ingress({ rules: [rule(HOST)], ...(tls ? { tls } : {}) }))], HOST)?.tls).toBe(wanted);
  });
});

/** Every choice of them, in every order. */
function orders<T>(all: readonly T[]): T[][] {
  return [[], ...all.flatMap((first, index) => orders(all.toSpliced(index, 1)).map((rest) => [first, ...rest]))];
}
