import { describe, expect, test } from "vitest";
import { siteOf } from "../../src/facts/site-of.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import type { Site } from "../../src/project/ports/sites.ts";
import type { FindingStatus, Project } from "../../src/project/project.ts";
import { unknown } from "../../src/project/read.ts";
import { environment } from "../builders/facts.ts";
import { deployment, ingressObject } from "../builders/objects.ts";
import { NOW, project } from "../builders/project.ts";
import { settings } from "../builders/settings.ts";

const idle = deployment({ replicas: 0 });
const served: KubeObject[] = [deployment(), ingressObject({ tls: true })];
const live = project({ status: { phase: "Live" } });

interface Given extends Omit<NonNullable<Parameters<typeof environment>[0]>, "site"> {
  project?: Project;
  before?: Site;
  settings?: Parameters<typeof settings>[0];
}
const site = ({ project: of = project(), before, settings: given, ...here }: Given) =>
  siteOf(of, environment(here), settings(given), before);

const ruled = (host: string | undefined, tls = false): KubeObject => {
  const object = ingressObject({ tls });
  return { ...object, spec: { rules: [{ ...(host === undefined ? {} : { host }), http: { paths: [] } }] } };
};
const at = (...ingress: object[]): KubeObject => ({ ...ingressObject(), status: { loadBalancer: { ingress } } });
const finding = (given: Partial<FindingStatus>): FindingStatus => ({
  code: "port-blocked",
  severity: "fail",
  subject: "environment/production/port/443",
  evidence: "",
  seenFrom: "outside:berlin",
  params: {},
  remedies: [],
  stage: "reachable",
  since: NOW.toISOString(),
  lastSeen: NOW.toISOString(),
  count: 1,
  ...given,
});

describe("where an environment is looked at", () => {
  test("is its URL, and from inside the Ingress's address", () => {
    expect(site({ project: live, objects: served })).toEqual({
      environment: "production",
      host: "rrr.example.com",
      url: "https://rrr.example.com",
      address: "203.0.113.7",
    });
    expect(site({ project: live, objects: [deployment(), ingressObject()] })?.url).toBe("http://rrr.example.com");
    expect(site({ project: live, objects: served, settings: { routeScheme: "http", routePort: 8080 } })?.url).toBe(
      "http://rrr.example.com:8080",
    );
  });

  test("is nowhere without a route, and in a launch not before something is ready behind it", () => {
    expect(site({ objects: [deployment()] })).toBeUndefined();
    expect(site({ objects: [idle, ingressObject()] })).toBeUndefined();
    expect(
      site({ objects: [ingressObject(), { ...deployment(), kind: "Job", apiVersion: "batch/v1" }] }),
    ).toBeUndefined();
    expect(site({ objects: served })).toBeDefined();
  });

  test("stays so, whatever is behind it, once it was reached", () => {
    const reached = project({ status: { environments: [{ name: "production", url: "https://rrr.example.com" }] } });
    expect(site({ project: reached, objects: [idle, ingressObject()] })).toBeDefined();
    expect(site({ project: live, objects: [idle, ingressObject()] })).toBeDefined();
    const other = project({ status: { environments: [{ name: "staging", url: "https://s.example.com" }] } });
    expect(site({ project: other, objects: [idle, ingressObject()] })).toBeUndefined();
  });

  test("is where it was while routes cannot be read", () => {
    const before = { environment: "production", host: "rrr.example.com", url: "https://rrr.example.com" };
    expect(site({ unread: { Ingress: unknown("403") }, before })).toBe(before);
  });

  test("has all addresses of an Ingress that has several, its name where it has none, and none of a name of this machine's", () => {
    const looked = (...given: object[]) => site({ project: live, objects: [deployment(), at(...given)] });
    expect(looked({ ip: "203.0.113.7" }, { ip: "203.0.113.8" })).toMatchObject({
      address: "203.0.113.7",
      addresses: ["203.0.113.7", "203.0.113.8"],
    });
    expect(looked({ hostname: "lb.example.net" })?.address).toBe("lb.example.net");
    expect(looked()).not.toHaveProperty("address");
    const host = "rrr.localhost";
    const local = site({ project: live, environment: { host }, objects: [deployment(), ingressObject({ host })] });
    expect(local).toMatchObject({ url: "http://rrr.localhost" });
    expect(local).not.toHaveProperty("address");
  });

  test.each([
    ["the host", "rrr.example.com", false],
    ["a wildcard", "*.example.com", false],
    ["any host", undefined, true],
  ])("by a rule for %s: others get the same is %s", (_, host, any) => {
    const found = site({ project: live, objects: [deployment(), ruled(host)] });
    expect([found !== undefined, found?.anyHost ?? false]).toEqual([true, any]);
  });
});

describe("a reason to look from everywhere", () => {
  const doubted = (status: Parameters<typeof project>[0]) =>
    site({ project: project(status), objects: served })?.doubt ?? false;
  const deploy = { sha: "a", tag: "a", author: "", title: "", url: "", startedAt: NOW.toISOString(), stages: [] };

  test.each<[string, Parameters<typeof project>[0], boolean]>([
    ["a launch", {}, true],
    ["a live project", { status: { phase: "Live" } }, false],
    ["a deploy", { status: { phase: "Live", deploys: [{ ...deploy, state: "running" }] } }, true],
    ["a deploy that has ended", { status: { phase: "Live", deploys: [{ ...deploy, state: "live" }] } }, false],
    ["an open finding of its URL", { status: { phase: "Live", findings: [finding({})] } }, true],
    [
      "one of another environment",
      { status: { phase: "Live", findings: [finding({ environment: "staging" })] } },
      false,
    ],
    ["one of something else", { status: { phase: "Live", findings: [finding({ stage: "rollout" })] } }, false],
    ["one that is over", { status: { phase: "Live", findings: [finding({ recoveredAt: NOW.toISOString() })] } }, false],
  ])("%s: %s", (_, status, wanted) => expect(doubted(status)).toBe(wanted));
});
