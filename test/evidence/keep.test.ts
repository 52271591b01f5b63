import { describe, expect, test } from "vitest";
import { createIntern } from "../../src/cluster/create-intern.ts";
import { trim } from "../../src/cluster/trim.ts";
import { evidence } from "../../src/evidence/index.ts";
import { certificateOf } from "../../src/facts/certificate.ts";
import { gitRepositoryOf } from "../../src/facts/git-repository.ts";
import { ingressOf } from "../../src/facts/ingress.ts";
import { kustomizationOf } from "../../src/facts/kustomization.ts";
import { podOf } from "../../src/facts/pod.ts";
import { replicaSetOf } from "../../src/facts/replica-set.ts";
import { serviceOf } from "../../src/facts/service.ts";
import { workloadOf } from "../../src/facts/workload.ts";
import { PROJECT_LABEL } from "../../src/project/ownership.ts";
import type { KubeObject } from "../../src/project/ports/cluster.ts";
import { recordedObjects } from "./recorded-objects.ts";
import { RICH } from "./rich-objects.ts";

const readingOf = (kind: string) => {
  const found = evidence.find((each) => each.kind === kind);
  if (!found) throw new Error(`nothing is known of ${kind}`);
  return found;
};
const kept = (object: KubeObject) => trim(readingOf(object.kind), structuredClone(object), createIntern());
const LARGE = "kubectl.kubernetes.io/last-applied-configuration";
/** As it came, but for what is kept of no kind. */
const whole = ({ metadata: { annotations, ...metadata }, ...rest }: KubeObject): KubeObject => {
  const { [LARGE]: _, ...others } = annotations ?? {};
  return { ...rest, metadata: { ...metadata, annotations: others } };
};

const objectsOf = (kind: Parameters<typeof recordedObjects>[0]) => [
  ...recordedObjects(kind),
  ...RICH.filter((each) => each.kind === kind),
];

describe("of what is kept src/facts reads what it reads of the whole", () => {
  const none = { requests: [], orders: [], challenges: [] };
  const readings = {
    Pod: podOf,
    Deployment: (object) => workloadOf(object, [], []),
    StatefulSet: (object) => workloadOf(object, [], []),
    DaemonSet: (object) => workloadOf(object, [], []),
    Job: (object) => workloadOf(object, [], []),
    Ingress: ingressOf,
    GitRepository: gitRepositoryOf,
    Kustomization: kustomizationOf,
    Certificate: (object) => certificateOf(object, none),
  } satisfies Partial<Record<Parameters<typeof recordedObjects>[0], (object: KubeObject) => unknown>>;

  test.each(Object.entries(readings))("%s", (kind, factsOf) => {
    const objects = objectsOf(kind as keyof typeof readings); // a key of them
    expect(objects.length).toBeGreaterThan(0);
    for (const object of objects) expect(factsOf(kept(object))).toEqual(factsOf(whole(object)));
  });

  test("Service, with its EndpointSlices", () => {
    const slices = recordedObjects("EndpointSlice");
    const services = recordedObjects("Service");
    const facts = services.map((each) => serviceOf(kept(each), slices.map(kept)));
    expect(facts).toEqual(services.map((each) => serviceOf(whole(each), slices.map(whole))));
    expect(facts.some(({ endpoints }) => endpoints && endpoints.ready > 0)).toBe(true);
  });

  test("Certificate, with what is being done for it", () => {
    const chainOf = (of: (object: KubeObject) => KubeObject) => ({
      requests: objectsOf("CertificateRequest").map(of),
      orders: objectsOf("Order").map(of),
      challenges: objectsOf("Challenge").map(of),
    });
    const certificates = objectsOf("Certificate");
    const facts = certificates.map((each) => certificateOf(kept(each), chainOf(kept)));
    expect(facts).toEqual(certificates.map((each) => certificateOf(whole(each), chainOf(whole))));
    expect(facts.filter(({ challenges }) => challenges.length > 0)).toHaveLength(1);
  });

  test("ReplicaSet: whose it is, and of which revision", () => {
    const [facts] = objectsOf("ReplicaSet")
      .filter(({ metadata }) => metadata.uid !== undefined)
      .map((each) => replicaSetOf(kept(each)));
    expect(facts).toMatchObject({
      name: "a-6f5d8c",
      namespace: "a",
      uid: "2",
      owner: { kind: "Deployment", uid: "1" },
      revision: "4",
    });
  });
});

describe("not kept is", () => {
  test("an application's environment, in which its team may have secrets; nor a certificate, nor what proves a name", () => {
    for (const object of RICH) expect(JSON.stringify(kept(object))).not.toMatch(/SECRET|LARGE/);
  });

  test("of a ReplicaSet more than tells which it is", () => {
    const [replicaSet = never()] = objectsOf("ReplicaSet").filter(({ metadata }) => metadata.uid !== undefined);
    const { generation: _, ...metadata } = replicaSet.metadata;
    expect(kept(replicaSet)).toEqual({
      apiVersion: "apps/v1",
      kind: "ReplicaSet",
      metadata: {
        ...metadata,
        labels: { [PROJECT_LABEL]: "a", "pod-template-hash": "6f5d8c" },
        annotations: { "deployment.kubernetes.io/revision": "4" },
      },
    });
  });

  test("of a Kustomization what we patch, and each try; of its inventory what was applied is", () => {
    const kustomization: KubeObject = {
      apiVersion: "kustomize.toolkit.fluxcd.io/v1",
      kind: "Kustomization",
      metadata: { name: "a", namespace: "a" },
      spec: { path: "./k8s", patches: [{ patch: "large" }], postBuild: {} },
      status: {
        inventory: { entries: [{ id: "a_a_apps_Deployment", v: "v1" }] },
        history: [{ digest: "x" }],
        lastAppliedRevision: "main@sha1:3f2a91c0aa113f2a91c0aa113f2a91c0aa113f2a",
      },
    };
    expect(kept(kustomization)).toMatchObject({
      spec: { path: "./k8s" },
      status: { inventory: { entries: [{ id: "a_a_apps_Deployment" }] } },
    });
    expect(JSON.stringify(kept(kustomization))).not.toMatch(/patches|postBuild|history|"v"/);
  });

  test("of a Project what it has told; whose it is, what is wished, whether it is under way and whether GitHub tells of it is", () => {
    const [project = never()] = recordedObjects("Project");
    const { metadata, spec, status } = kept(project);
    expect({ metadata, spec }).toEqual({ metadata: project.metadata, spec: project.spec });
    expect(status).toEqual({ phase: "Live", deploys: [{ state: "live" }], repository: { hookPinged: true } });
  });
});

test("every kind keeps its name, and of those that were recorded its conditions", () => {
  for (const { kind } of evidence)
    for (const object of recordedObjects(kind)) {
      const { apiVersion, metadata, status } = kept(object);
      expect([apiVersion, metadata.name]).toEqual([object.apiVersion, object.metadata.name]);
      if (kind !== "Project" && kind !== "ReplicaSet")
        expect(Object(status).conditions).toEqual(Object(object.status).conditions);
    }
});

function never(): never {
  throw new Error("nothing of the kind was recorded");
}
