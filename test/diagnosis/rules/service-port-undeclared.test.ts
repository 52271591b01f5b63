import { describe, expect, test } from "vitest";
import type { KubeObject } from "../../../src/project/ports/cluster.ts";
import { unknown } from "../../../src/project/read.ts";
import { codes, judged } from "../../builders/judged.ts";
import { answered, deployment, ingressObject } from "../../builders/objects.ts";
import { said } from "../../builders/said.ts";
import { control, siteSeen } from "../../builders/site.ts";
import { podWith, rolling } from "../../builders/workloads.ts";

const FOUND = ["fail service-port-undeclared"];
const GATEWAY = ["fail http-502-503-504"];
const NO_ROUTE = ["fail http-404-no-route"];
const noRoute = answered(404, "404 page not found\n");
const seen = {
  502: siteSeen({ inside: answered(502, "Bad Gateway") }),
  503: siteSeen({ inside: answered(503, "no available server\n") }),
  504: siteSeen({ inside: answered(504, "Gateway Timeout") }),
  404: siteSeen({ inside: noRoute }, { control: control(noRoute) }),
  200: siteSeen({ inside: answered(200) }),
};

const path = (at: string, service: string) => ({
  path: at,
  backend: { service: { name: service, port: { name: "http" } } },
});
const ingress = (...paths: object[]): KubeObject => ({
  ...ingressObject(),
  spec: { ingressClassName: "traefik", rules: [{ host: "rrr.example.com", http: { paths } }] },
});
const service = (targetPort: number | string, name = "rrr"): KubeObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace: "rrr" },
  spec: { selector: { "slipway.dev/project": "rrr" }, ports: [{ name: "http", port: 80, targetPort }] },
});

/** What stands where a Service leads to that port and the containers declare these. */
function standing(target: number | string, ...ports: object[]): KubeObject[] {
  const template = { spec: { containers: [{ name: "app", image: "ghcr.io/acme/rrr:3f2a91c0aa11", ports }] } };
  const whole = { ...deployment(), spec: { replicas: 1, template } };
  const pod = podWith({ app: { status: { ready: true, state: { running: {} } } } }, { ready: true });
  return [ingressObject(), service(target), ...rolling([pod], whole)];
}

const HTTP = { name: "http", containerPort: 3000 };

describe("service-port-undeclared", () => {
  test.each<[keyof typeof seen, string, number | string, object[], string[]]>([
    [502, "another number", 9999, [HTTP], FOUND],
    [504, "another number", 9999, [HTTP], FOUND],
    [502, "a number that none of several has", 9999, [HTTP, { containerPort: 9090 }], FOUND],
    [502, "the number that is declared", 3000, [HTTP], GATEWAY],
    [502, "the number of the second of several", 9090, [HTTP, { containerPort: 9090 }], GATEWAY],
    [502, "a number, where none is declared", 9999, [], GATEWAY],
    [502, "a name that is there", "http", [HTTP], GATEWAY],
    [503, "another number", 9999, [HTTP], GATEWAY],
    [404, "another number", 9999, [HTTP], NO_ROUTE],
    [404, "a name that is not there", "web", [HTTP], FOUND],
    [503, "a name that is not there", "web", [HTTP], FOUND],
    [404, "a name that is there", "http", [HTTP], NO_ROUTE],
    [404, "a name, where none is declared", "web", [], NO_ROUTE],
    [404, "a name, where ports have none", "web", [{ containerPort: 3000 }], FOUND],
    // An undeclared port may be listened on: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports
    [200, "another number", 9999, [HTTP], []],
    [200, "a name that is not there", "web", [HTTP], []],
  ])("%i, and the Service leads to %s", (status, _, target, ports, wanted) => {
    expect(codes({ here: { site: seen[status], objects: standing(target, ...ports) } })).toEqual(wanted);
  });

  test("is told with both ports, and stops the row of the URL", () => {
    const [finding] = judged({
      here: { site: seen[502], objects: standing(9999, HTTP, { containerPort: 9090 }) },
    }).findings;
    expect(finding).toMatchObject({
      stage: "reachable",
      subject: "environment/production/host/rrr.example.com",
      confirm: { milliseconds: 15_000 },
      params: { service: "rrr", target: 9999, ports: "3000, 9090", status: 502, named: "" },
    });
    expect(said(finding).title).toBe("The Service rrr sends traffic to port 9999, where nothing answers");
    expect(said(finding).cause).toContain("to port 9999 of its pods, but their containers declare 3000, 9090.");
    for (const sentence of Object.values(said(finding))) expect(sentence).not.toMatch(/undefined|NaN|\[object| {2}|^$/);
  });

  test("names the ports by which they go where the Service goes by one", () => {
    const [finding] = judged({
      here: { site: seen[404], objects: standing("web", HTTP, { containerPort: 9090 }) },
    }).findings;
    expect(finding?.params).toMatchObject({ target: "web", named: "yes", ports: "3000 (http), 9090" });
    expect(said(finding).cause).toContain("no port with that name. They declare 3000 (http), 9090.");
  });

  test.each<[string, object[], string[]]>([
    ["the Service of / is the one that leads astray", [path("/", "rrr"), path("/api", "api")], FOUND],
    ["the Service of / is right, that of another path is not", [path("/", "api"), path("/api", "rrr")], GATEWAY],
    ["there is no path / and every Service leads astray", [path("/a", "rrr"), path("/b", "rrr")], FOUND],
    ["there is no path / and one Service is right", [path("/a", "rrr"), path("/b", "api")], GATEWAY],
  ])("with several paths: %s", (_, paths, wanted) => {
    const [, ...rest] = standing(9999, HTTP);
    const objects = [ingress(...paths), service(3000, "api"), ...rest];
    expect(codes({ here: { site: seen[502], objects } })).toEqual(wanted);
  });

  test("with several routers it is told only where each of the host's rules that may be meant leads astray", () => {
    const wild: KubeObject = {
      ...ingressObject({ host: "*.example.com" }),
      metadata: { ...ingressObject().metadata, name: "wild" },
    };
    const right: KubeObject = {
      ...wild,
      spec: { rules: [{ host: "*.example.com", http: { paths: [path("/", "api")] } }] },
    };
    const objects = standing(9999, HTTP);
    expect(codes({ here: { site: seen[502], objects: [...objects, wild] } })).toEqual(FOUND);
    expect(codes({ here: { site: seen[502], objects: [...objects, right, service(3000, "api")] } })).toEqual(GATEWAY);
  });

  test.each(["Service", "Deployment", "Ingress"])("is unknown where %s could not be read", (kind) => {
    const here = { site: seen[502], objects: standing(9999, HTTP), unread: { [kind]: unknown("forbidden") } };
    const { findings, unknown: blind } = judged({ here });
    expect(findings.map(({ code }) => code)).toEqual(["http-502-503-504"]);
    expect(blind).toContainEqual({ code: "service-port-undeclared", environment: "production", reason: "forbidden" });
  });
});
