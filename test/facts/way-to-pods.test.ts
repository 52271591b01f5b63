import { describe, expect, test } from "vitest";
import { wayToPods } from "../../src/facts/way-to-pods.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import { unknown } from "../../src/project/read.ts";
import { environment } from "../builders/facts.ts";
import { deployment } from "../builders/objects.ts";
import { podOfSet, podWith, replicaSet, rolling } from "../builders/workloads.ts";

const SELECTED = { app: "rrr" };
const service = (spec: object = {}): KubeObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "rrr", namespace: "rrr" },
  spec: { selector: SELECTED, ports: [{ name: "http", port: 80, targetPort: 3000 }], ...spec },
});
const container = (name: string, ...ports: object[]) => ({ name, image: "x:1", ports });
const WEB = { name: "web", containerPort: 3000 };

/** A Deployment of such containers, with one pod that bears these labels. */
function running(labels: Record<string, string> = SELECTED, spec: object = { containers: [container("app", WEB)] }) {
  const of = deployment();
  const objects = rolling([podWith({ app: {} })], { ...of, spec: { replicas: 1, template: { spec } } });
  return objects.map((each) => (each.kind === "Pod" ? labelled(each, labels) : each));
}

function labelled(object: KubeObject, labels: Record<string, string>): KubeObject {
  return { ...object, metadata: { ...object.metadata, labels: { ...object.metadata.labels, ...labels } } };
}

const way = (objects: KubeObject[], port: number | string = "http", to = "rrr") => {
  const found = wayToPods(environment({ objects }), { service: to, port, root: true });
  return found && [found.target, found.declared.map(({ containerPort }) => containerPort)];
};

describe("the way from a Service to its pods", () => {
  test.each<[string, object, number | string, ReturnType<typeof way>]>([
    ["by a number", {}, "http", [3000, [3000]]],
    ["by the Service's own number", {}, 80, [3000, [3000]]],
    ["by another number", { ports: [{ port: 80, targetPort: 9999 }] }, 80, [9999, [3000]]],
    ["by a name", { ports: [{ port: 80, targetPort: "web" }] }, 80, ["web", [3000]]],
    ["by none: it is the Service's own", { ports: [{ port: 3000 }] }, 3000, [3000, [3000]]],
    [
      "of several ports the one that is asked for",
      {
        ports: [
          { name: "metrics", port: 9090 },
          { name: "http", port: 80, targetPort: 3000 },
        ],
      },
      "http",
      [3000, [3000]],
    ],
    [
      "of several ports, by number, the other one",
      {
        ports: [
          { name: "metrics", port: 9090 },
          { name: "http", port: 80, targetPort: 3000 },
        ],
      },
      9090,
      [9090, [3000]],
    ],
    ["without an address of its own", { clusterIP: "None" }, "http", [3000, [3000]]],
    ["to a port that it has not", {}, "https", undefined],
    ["of no selector", { selector: {} }, "http", undefined],
    ["elsewhere", { type: "ExternalName", selector: undefined, externalName: "db.example.com" }, "http", undefined],
    ["to pods of a selector that selects none", { selector: { app: "other" } }, "http", undefined],
    ["to pods that must bear two labels", { selector: { app: "rrr", tier: "web" } }, "http", undefined],
  ])("%s", (_, spec, port, wanted) => expect(way([service(spec), ...running()], port)).toEqual(wanted));

  test("to a Service that is not there is none", () => {
    expect(way([service(), ...running()], 80, "other")).toBeUndefined();
    expect(way(running())).toBeUndefined();
  });

  test("takes in sidecars, which serve, and no init container, which is over by then", () => {
    const spec = {
      initContainers: [
        container("migrate", { containerPort: 1 }),
        { ...container("proxy", { containerPort: 15_001 }), restartPolicy: "Always" },
      ],
      containers: [container("app", WEB), container("metrics", { containerPort: 9090 })],
    };
    expect(way([service(), ...running(SELECTED, spec)])).toEqual([3000, [15_001, 3000, 9090]]);
    expect(way([service(), ...running(SELECTED, { containers: [container("app")] })])).toEqual([3000, []]);
  });

  test("leads to the pods of another workload, where it selects those", () => {
    const worker = deployment();
    const other: KubeObject = {
      ...worker,
      metadata: {
        ...worker.metadata,
        name: "worker",
        uid: "w",
        annotations: { "deployment.kubernetes.io/revision": "1" },
      },
      spec: { replicas: 1, template: { spec: { containers: [container("worker", { containerPort: 7000 })] } } },
    };
    const set = replicaSet(other, "1");
    const pod = labelled(podOfSet(podWith({ worker: {} }), set), { app: "worker" });
    const both = [...running(), other, set, pod];
    expect(way([service({ selector: { app: "worker" } }), ...both])).toEqual([3000, [7000]]);
    expect(way([service(), ...both])).toEqual([3000, [3000]]);
    expect(way([service({ selector: { "slipway.dev/project": "rrr" } }), ...both])).toEqual([3000, [3000, 7000]]);
  });

  test("cannot be told while pods of the revision before stand, or where Services or workloads cannot be read", () => {
    const [of = deployment(), ...rest] = running();
    const old = labelled(podOfSet(podWith({ app: {} }), replicaSet(of, "1"), 1), SELECTED);
    expect(way([service(), of, ...rest, replicaSet(of, "1"), old])).toBeUndefined();
    for (const kind of ["Service", "Deployment"]) {
      const here = environment({ objects: [service(), ...running()], unread: { [kind]: unknown("403") } });
      expect(wayToPods(here, { service: "rrr", port: "http", root: true })).toBeUndefined();
    }
  });
});
