import { describe, expect, test } from "vitest";
import { siteOf } from "../../src/facts/site-of.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import type { FindingStatus, ProjectStatus } from "../../src/project/project.ts";
import { unknown } from "../../src/project/read.ts";
import { environment } from "../builders/facts.ts";
import { deployment, ingressObject } from "../builders/objects.ts";
import { NOW, project } from "../builders/project.ts";
import { settings } from "../builders/settings.ts";
import { site } from "../builders/site.ts";

const route = ingressObject({ tls: true });
const unready = deployment({ status: { availableReplicas: 0 } });
const found = (
  given: Parameters<typeof environment>[0],
  status: Partial<ProjectStatus> = {},
  before = undefined as ReturnType<typeof site> | undefined,
) => siteOf(project({ status }), environment(given), settings(), before);

describe("a site", () => {
  test("is the environment's host, where its Ingress is", () => {
    expect(found({ objects: [route, deployment()] }, { phase: "Live" })).toEqual({
      environment: "production",
      host: "rrr.example.com",
      url: "https://rrr.example.com",
      address: "203.0.113.7",
    });
  });

  test.each<[string, KubeObject[], Partial<ProjectStatus>, boolean]>([
    ["without a route", [deployment()], {}, false],
    ["with a route of another host", [ingressObject({ host: "x.example.com" }), deployment()], {}, false],
    ["with nothing behind it yet", [route, unready], {}, false],
    [
      "with a Job alone behind it",
      [
        route,
        { apiVersion: "batch/v1", kind: "Job", metadata: { name: "j", namespace: "rrr" }, status: { succeeded: 1 } },
      ],
      {},
      false,
    ],
    ["with something behind it", [route, deployment()], {}, true],
    [
      "that was reached once, with nothing behind it now",
      [route, unready],
      { environments: [{ name: "production", url: "x" }] },
      true,
    ],
    [
      "that another environment's was reached once",
      [route, unready],
      { environments: [{ name: "staging", url: "x" }] },
      false,
    ],
    ["of a live project from before URLs were noted", [route, unready], { phase: "Live" }, true],
    ["that was reached once, and has no route any more", [unready], { phase: "Live" }, false],
  ])("%s is looked at: %s", (_, objects, status, looked) => {
    expect(found({ objects }, status) !== undefined).toBe(looked);
  });

  test("stays as it was while routes cannot be read", () => {
    const given = { objects: [deployment()], unread: { Ingress: unknown("502") } };
    expect(found(given, {}, site({ url: "https://before" }))).toMatchObject({ url: "https://before" });
    expect(found(given)).toBeUndefined();
  });

  test("has each address of its Ingress, and none where nobody serves it or the name is this machine's own", () => {
    const served = (addresses: object[], host = "rrr.example.com") =>
      found({
        environment: { host },
        objects: [{ ...ingressObject({ host }), status: { loadBalancer: { ingress: addresses } } }, deployment()],
      });
    const two = [{ ip: "203.0.113.7" }, { ip: "203.0.113.8" }];
    expect(served(two)).toMatchObject({ address: "203.0.113.7", addresses: ["203.0.113.7", "203.0.113.8"] });
    expect(served([{ hostname: "lb.example.net" }])).toMatchObject({ address: "lb.example.net" });
    expect(served([])).not.toHaveProperty("address");
    expect(served(two, "rrr.localhost")).not.toHaveProperty("address");
  });

  test("is anybody's whose Ingress names no host", () => {
    const any: KubeObject = { ...route, spec: { defaultBackend: { service: { name: "rrr", port: { number: 80 } } } } };
    expect(found({ objects: [any, deployment()] })).toMatchObject({ anyHost: true, url: "http://rrr.example.com" });
    expect(found({ objects: [route, deployment()] })).not.toHaveProperty("anyHost");
  });

  test.each<[string, Partial<ProjectStatus>, boolean]>([
    ["that is launched", { phase: "Launching" }, true],
    ["that rests", { phase: "Live" }, false],
    [
      "on which a deploy is under way",
      {
        phase: "Live",
        deploys: [
          {
            sha: "a",
            tag: "a",
            author: "",
            title: "",
            url: "",
            startedAt: NOW.toISOString(),
            state: "running",
            stages: [],
          },
        ],
      },
      true,
    ],
    ["that is in trouble", { phase: "Live", findings: [open({})] }, true],
    ["that was in trouble", { phase: "Live", findings: [open({ recoveredAt: NOW.toISOString() })] }, false],
    [
      "another environment of which is in trouble",
      { phase: "Live", findings: [open({ environment: "staging" })] },
      false,
    ],
    ["whose build is in trouble", { phase: "Live", findings: [open({ stage: "build" })] }, false],
  ])("%s is doubted: %s", (_, status, doubt) => {
    expect(found({ objects: [route, deployment()] }, status)?.doubt ?? false).toBe(doubt);
  });
});

function open(given: Partial<FindingStatus>): FindingStatus {
  const instant = NOW.toISOString();
  return {
    ...{ code: "port-blocked", subject: "x", severity: "fail", evidence: "", seenFrom: "inside", params: {} },
    ...{ stage: "reachable", environment: "production", remedies: [], since: instant, lastSeen: instant, count: 1 },
    ...given,
  };
}
