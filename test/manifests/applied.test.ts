import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { checkName } from "../../src/project/naming.ts";
import { diskFiles } from "../../src/sandbox/cluster/controllers/flux/disk-files.ts";
import { build } from "../../src/sandbox/cluster/kustomize/build.ts";
import type { Files } from "../../src/sandbox/cluster/kustomize/files.ts";

const ROOT = new URL("../../", import.meta.url);
const files = diskFiles(fileURLToPath(ROOT));
const labels = z.record(z.string(), z.string());
const selector = z.object({ matchLabels: labels });

/** The spec of what `kubectl apply -k manifests` applies of a kind. */
function specOf<T>(kind: string, schema: z.ZodType<T>, from: Files = files): T {
  return schema.parse(build(from, "manifests").find((object) => object.kind === kind)?.spec);
}

const pod = specOf(
  "Deployment",
  z.object({
    replicas: z.literal(2),
    template: z.object({
      metadata: z.object({ labels }),
      spec: z.looseObject({
        containers: z.tuple([z.object({ image: z.string(), ports: z.array(z.object({ name: z.string() })) })]),
        volumes: z.array(z.record(z.string(), z.unknown())),
      }),
    }),
  }),
).template;
const ports = pod.spec.containers[0].ports.map(({ name }) => name);

test("the Service leads to the bot's pods and all their ports", () => {
  const service = z.object({ selector: labels, ports: z.array(z.object({ targetPort: z.string() })) });
  const spec = specOf("Service", service);
  expect(pod.metadata.labels).toMatchObject(spec.selector);
  expect(spec.ports.map(({ targetPort }) => targetPort)).toEqual(ports);
});

test("the budget lets a node be drained: of two pods one stays, and one that is not ready holds nobody up", () => {
  const budget = specOf("PodDisruptionBudget", z.looseObject({ selector }));
  expect(pod.metadata.labels).toMatchObject(budget.selector.matchLabels);
  expect(budget).toMatchObject({ minAvailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow" });
});

test("the network's policy lets somebody reach each of the bot's ports, and nobody all of them", () => {
  const policy = specOf(
    "NetworkPolicy",
    z.object({
      podSelector: selector,
      policyTypes: z.tuple([z.literal("Ingress")]),
      // A rule without peers lets in everybody, one without ports to everything.
      ingress: z.array(
        z.strictObject({
          from: z.tuple([z.strictObject({ namespaceSelector: z.object({ matchExpressions: z.array(z.unknown()) }) })]),
          ports: z.tuple([z.strictObject({ port: z.string() })]),
        }),
      ),
    }),
  );
  expect(pod.metadata.labels).toMatchObject(policy.podSelector.matchLabels);
  expect(policy.ingress.map(({ ports: [{ port }] }) => port)).toEqual(ports);
});

test("no project can live in a namespace that the network's policy lets in", () => {
  const expression = z.object({ values: z.array(z.string()) });
  const peer = z.object({ namespaceSelector: z.object({ matchExpressions: z.array(expression) }) });
  const policy = specOf("NetworkPolicy", z.object({ ingress: z.array(z.object({ from: z.array(peer) })) }));
  const namespaces = policy.ingress
    .flatMap(({ from }) => from.flatMap(({ namespaceSelector }) => namespaceSelector.matchExpressions))
    .flatMap(({ values }) => values);
  expect(namespaces.length).toBeGreaterThan(2);
  for (const name of namespaces) expect(checkName(name), name).toMatchObject({ ok: false, reason: "NameReserved" });
});

test("the pods are such as a namespace takes that enforces Pod Security's restricted, as theirs does", () => {
  const namespace = build(files, "manifests").find(({ kind }) => kind === "Namespace");
  expect(namespace?.metadata.labels).toMatchObject({ "pod-security.kubernetes.io/enforce": "restricted" });
  // What containers may do is in objects.test.ts. https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
  expect(Object.keys(pod.spec).filter((field) => field.startsWith("host"))).toEqual([]);
  for (const { name: _, ...source } of pod.spec.volumes) expect(Object.keys(source)).toEqual(["configMap"]);
});

test("the image can be named by tag or by digest", () => {
  const named = (how: object) => {
    const given = z
      .record(z.string(), z.unknown())
      .parse(parse(readFileSync(new URL("manifests/kustomization.yaml", ROOT), "utf8")));
    const images = [{ name: "ghcr.io/slipway-dev/slipway", newName: "ghcr.io/acme/slipway", ...how }];
    const read = (path: string) =>
      path === "manifests/kustomization.yaml" ? stringify({ ...given, images }) : files.read(path);
    const image = z.object({
      template: z.object({ spec: z.object({ containers: z.array(z.object({ image: z.string() })) }) }),
    });
    return specOf("Deployment", image, { ...files, read }).template.spec.containers[0]?.image;
  };
  const digest = `sha256:${"0".repeat(64)}`;
  expect(named({ newTag: "0.1.0" })).toBe("ghcr.io/acme/slipway:0.1.0");
  expect(named({ digest })).toBe(`ghcr.io/acme/slipway@${digest}`);
});
