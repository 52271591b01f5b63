import { describe, expect, test } from "vitest";
import type { EnvironmentFacts } from "../../src/facts/environment-facts.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import { unknown } from "../../src/project/read.ts";
import { environment } from "../builders/facts.ts";
import { deployment, ingressObject, kustomization } from "../builders/objects.ts";
import { recorded } from "../builders/recorded.ts";
import { ownedBy, podWith, rolling } from "../builders/workloads.ts";

const named = (kind: string, name: string, rest: object = {}): KubeObject => ({
  apiVersion: "v1",
  kind,
  metadata: { name, namespace: "rrr", uid: `uid-${name}` },
  ...rest,
});
const withInventory = (...ids: string[]): KubeObject => ({
  ...kustomization([]),
  status: { inventory: { entries: ids.map((id) => ({ id })) } },
});

describe("an environment's facts", () => {
  test("are all that was read, each as what it is", () => {
    const here = environment({
      name: "app",
      objects: recorded("launch-ready"),
      environment: { namespace: "record-ok" },
    });
    expect(here).toMatchObject({
      namespace: { known: true, value: undefined },
      sources: { value: [{ name: "app" }] },
      kustomization: { value: { name: "app" } },
      workloads: { value: [{ kind: "Deployment", name: "web", settled: true, pods: [{ current: true }] }] },
      pods: { value: [{ ready: true }] },
      services: { value: [{ name: "web" }] },
      ingresses: { value: [{ name: "web" }] },
      certificates: { value: [] },
    });
  });

  test("are empty where nothing stands, and that is known", () => {
    const { environment: _, site: __, answer: ___, cloud: ____, handlers: _____, ...read } = environment();
    for (const [name, each] of Object.entries(read))
      expect([name, each]).toEqual([
        name,
        { known: true, value: /namespace|kustomization/.test(name) ? undefined : [] },
      ]);
  });

  test("have the namespace and the Kustomization of that name, whatever else bears the label", () => {
    const here = environment({
      objects: [
        named("Namespace", "rrr-staging"),
        named("Namespace", "rrr"),
        { ...kustomization([]), metadata: { name: "other" } },
      ],
    });
    expect(here.namespace).toMatchObject({ value: { name: "rrr" } });
    expect(here.kustomization).toEqual({ known: true, value: undefined });
  });

  const reads: Record<string, keyof EnvironmentFacts> = {
    Namespace: "namespace",
    GitRepository: "sources",
    Kustomization: "kustomization",
    Deployment: "workloads",
    Pod: "pods",
    Service: "services",
    Ingress: "ingresses",
    Certificate: "certificates",
    Event: "sourceEvents",
  };

  test.each(Object.entries(reads))(
    "of a %s that could not be read is unknown, with the reason, and the rest is known",
    (kind, key) => {
      const here = environment({ unread: { [kind]: unknown("forbidden", "rbac-missing") } });
      expect(here[key]).toEqual({ known: false, reason: "forbidden", needs: "rbac-missing" });
      for (const other of Object.values(reads)) if (other !== key) expect(here[other]).toMatchObject({ known: true });
    },
  );

  test.each<[string, keyof EnvironmentFacts, KubeObject]>([
    ["Deployment", "workloads", { ...deployment(), spec: { replicas: "two" } }],
    ["Pod", "pods", named("Pod", "p", { status: { phase: 7 } })],
    ["Service", "services", named("Service", "s", { spec: { ports: [{ port: "http" }] } })],
    ["Ingress", "ingresses", { ...ingressObject(), spec: { rules: "none" } }],
    ["GitRepository", "sources", named("GitRepository", "rrr", { spec: { suspend: "yes" } })],
    ["Kustomization", "kustomization", { ...kustomization([]), status: { conditions: "none" } }],
    ["Certificate", "certificates", named("Certificate", "c", { spec: { dnsNames: "rrr.example.com" } })],
  ])("of a malformed %s is unknown and says which, whatever else is well", (kind, key, object) => {
    const { namespace, name } = object.metadata;
    expect(environment({ objects: [named("Namespace", "rrr"), object] })[key]).toEqual({
      known: false,
      reason: { because: "Malformed", kind, name: `${namespace}/${name}` },
    });
  });

  describe("of a kind of workload that may not be read", () => {
    const unread = { StatefulSet: unknown("forbidden") };

    test("matters only where something of it was applied", () => {
      const objects = [deployment()];
      expect(environment({ objects, unread }).workloads).toMatchObject({
        known: true,
        value: [{ kind: "Deployment" }],
      });
      const other = withInventory("rrr_rrr_apps_Deployment");
      expect(environment({ objects: [...objects, other], unread }).workloads.known).toBe(true);
      const its = withInventory("rrr_rrr_apps_Deployment", "rrr_db_apps_StatefulSet");
      expect(environment({ objects: [...objects, its], unread }).workloads).toEqual({
        known: false,
        reason: "forbidden",
      });
    });

    test("always matters where it is the Deployment", () => {
      expect(environment({ unread: { Deployment: unknown("502") } }).workloads).toEqual({
        known: false,
        reason: "502",
      });
    });
  });

  test("tell no pod's workload where ReplicaSets could not be read, and say so", () => {
    const here = environment({ objects: rolling([podWith({ app: {} })]), unread: { ReplicaSet: unknown("403") } });
    expect(here.workloads).toMatchObject({ known: true, value: [{ pods: [] }] });
    expect(here.pods).toEqual({ known: false, reason: "403" });
  });

  test("join what belongs together: pods to their workload, slices to their Service, challenges to their Certificate", () => {
    const slice = {
      ...named("EndpointSlice", "rrr-x", { endpoints: [{ addresses: ["10.42.0.7"], conditions: { ready: true } }] }),
    };
    slice.metadata.labels = { "kubernetes.io/service-name": "rrr" };
    const link = (kind: string, name: string, of: KubeObject, rest: object = {}) => {
      const made = named(kind, name, rest);
      return { ...made, metadata: { ...made.metadata, ownerReferences: ownedBy(of) } };
    };
    const certificate = named("Certificate", "rrr-tls", { spec: { dnsNames: ["rrr.example.com"] } });
    const request = link("CertificateRequest", "rrr-tls-1", certificate);
    const order = link("Order", "rrr-tls-1-2", request);
    const here = environment({
      objects: [
        ...rolling([podWith({ app: {} })]),
        ...[named("Service", "rrr"), slice],
        ...[
          certificate,
          request,
          order,
          link("Challenge", "c", order, { spec: { dnsName: "rrr.example.com" }, status: { state: "pending" } }),
        ],
      ],
    });
    expect(here).toMatchObject({
      workloads: { value: [{ pods: [{ name: "rrr-2-0" }] }] },
      services: { value: [{ endpoints: { ready: 1, notReady: 0 } }] },
      certificates: { value: [{ challenges: [{ state: "pending" }] }] },
    });
  });
});
