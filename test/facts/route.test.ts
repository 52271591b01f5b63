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
