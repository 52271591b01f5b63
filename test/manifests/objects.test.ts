import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { environment } from "../../src/config/environment.ts";
import { readConfig } from "../../src/config.ts";
import { evidence } from "../../src/evidence/index.ts";
import { rightsOf } from "../../src/evidence/rights-of.ts";
import { diskFiles } from "../../src/sandbox/cluster/controllers/flux/disk-files.ts";
import { build } from "../../src/sandbox/cluster/kustomize/build.ts";
import { checkManifest } from "./check-manifest.ts";

const ROOT = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), "utf8");
const examples = readdirSync(new URL("manifests/examples/", ROOT)).filter((name) => name.endsWith(".yaml"));

test.each(["manifests", "manifests/overlays/socket-mode", "manifests/overlays/http"])(
  "every object of kubectl apply -k %s is one that the API server takes",
  (path) => {
    const objects = build(diskFiles(fileURLToPath(ROOT)), path);
    expect(objects.length).toBeGreaterThan(10);
    for (const object of objects)
      expect(() => checkManifest(object), `${object.kind} ${object.metadata.name}`).not.toThrow();
  },
);

test.each(examples)("the example %s is an object that the API server takes", (path) => {
  for (const document of parseAllDocuments(read(`manifests/examples/${path}`)))
    expect(() => checkManifest(document.toJS())).not.toThrow();
});

const policy = z.object({
  kind: z.literal("ValidatingAdmissionPolicy"),
  spec: z.object({
    matchConstraints: z.object({
      resourceRules: z.array(
        z.object({
          apiGroups: z.array(z.string()),
          operations: z.array(z.string()),
          resources: z.array(z.string()),
        }),
      ),
    }),
  }),
});
const asked = (path: string) => z.object({ path: z.literal(path), port: z.literal("metrics") });
const deployment = z
  .object({
    spec: z.object({
      replicas: z.literal(2),
      template: z.object({
        spec: z.looseObject({
          securityContext: z.object({
            runAsNonRoot: z.literal(true),
            seccompProfile: z.object({ type: z.literal("RuntimeDefault") }),
          }),
          containers: z.tuple([
            z.looseObject({
              env: z.array(z.object({ name: z.string() })),
              ports: z.array(z.object({ name: z.string(), containerPort: z.number() })),
              // Alive while it answers at all; ready only when it is in step. A start may take its time.
              startupProbe: z.object({ httpGet: asked("/healthz") }),
              livenessProbe: z.object({ httpGet: asked("/healthz") }),
              readinessProbe: z.object({ httpGet: asked("/readyz") }),
              resources: z.object({
                requests: z.object({ cpu: z.string(), memory: z.string() }),
                limits: z.object({ memory: z.string() }),
              }),
              securityContext: z.object({
                allowPrivilegeEscalation: z.literal(false),
                readOnlyRootFilesystem: z.literal(true),
                capabilities: z.object({ drop: z.tuple([z.literal("ALL")]) }),
              }),
            }),
          ]),
        }),
      }),
    }),
  })
  .parse(parseAllDocuments(read("manifests/base/deployment.yaml"))[0]?.toJS());
const [container] = deployment.spec.template.spec.containers;

test("the pods have the ports that the bot listens on, are asked what it answers, and set variables that it reads", () => {
  const shape = environment.shape;
  expect(container.ports).toEqual([
    { name: "http", containerPort: shape.PORT.parse(undefined) },
    { name: "metrics", containerPort: shape.METRICS_PORT.parse(undefined) },
  ]);
  const answered = read("src/http/start-metrics.ts");
  for (const { httpGet } of [container.livenessProbe, container.readinessProbe])
    expect(answered).toContain(`case "${httpGet.path}"`);
  for (const { name } of container.env) expect(Object.keys(shape)).toContain(name);
});

test("what the admission policies say is refused, also when it cannot be looked at", () => {
  const objects = parseAllDocuments(read("manifests/base/admission.yaml")).map((document) => document.toJS());
  const of = (kind: string) => objects.filter((object) => object.kind === kind);
  const policies = of("ValidatingAdmissionPolicy").map(({ metadata, spec }) => [metadata.name, spec.failurePolicy]);
  const bindings = of("ValidatingAdmissionPolicyBinding").map(({ spec }) => [spec.policyName, spec.validationActions]);
  expect(policies.length).toBeGreaterThan(2);
  for (const [, failurePolicy] of policies) expect(failurePolicy).toBe("Fail");
  expect(bindings).toEqual(policies.map(([name]) => [name, ["Deny"]]));
});

test("what the bot may change in the whole cluster a policy keeps to its projects' namespaces", () => {
  const confined = parseAllDocuments(read("manifests/base/admission.yaml"))
    .flatMap((document) => policy.safeParse(document.toJS()).data ?? [])
    .flatMap(({ spec }) => spec.matchConstraints.resourceRules)
    .flatMap(({ apiGroups, resources, operations }) =>
      apiGroups.flatMap((group) => resources.map((each) => `${group}/${each}: ${operations.join()}`)),
    );
  const changed = rightsOf(evidence)
    .filter(({ own, verbs }) => !own && verbs.some((verb) => ["create", "update", "patch", "delete"].includes(verb)))
    .map(({ group, resource }) => `${group}/${resource}: CREATE,UPDATE,DELETE`);
  expect(changed.length).toBeGreaterThan(5);
  expect(changed.filter((each) => !confined.includes(each))).toEqual([]);
});

test("the image runs as a user of its own number, whom the kubelet can tell from root", () => {
  const stages = read("Dockerfile").split(/^FROM /m);
  expect(stages.at(-1)).toMatch(/^USER 65532$/m);
});

test("the Ingress leads to the paths that the bot serves, and to no others", () => {
  const served = [...read("src/start/routes-of.ts").matchAll(/path: "(\/[^"]+)"/g)].map(([, path]) => path);
  const routed = [...read("manifests/overlays/http/ingress.yaml").matchAll(/path: (\/[^,]+)/g)].map(([, path]) => path);
  expect(routed.toSorted()).toEqual(served.toSorted());
});

test("the example of a configuration is one, once its values are", () => {
  const given = Object.fromEntries(
    [...read("manifests/examples/slipway.env").matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = "", value]) => [
      name,
      value,
    ]),
  );
  expect(() => readConfig(given)).toThrow("GITHUB_APP_PRIVATE_KEY is not a private key");
  const { GITHUB_APP_ID: _, GITHUB_APP_PRIVATE_KEY: __, ...others } = given;
  expect(readConfig({ ...others, GITHUB_TOKEN: "ghp_1" }).settings.baseDomain).toBe("example.com");
});
