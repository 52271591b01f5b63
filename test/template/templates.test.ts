import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { objectName } from "../../src/project/object-name.ts";
import { build } from "../../src/sandbox/cluster/kustomize/build.ts";
import { findLeftover } from "../../src/template/check-rendered.ts";
import { readTemplates } from "../../src/template/read-templates.ts";
import type { RenderedFile } from "../../src/template/render-file.ts";
import { renderTemplate } from "../../src/template/render-template.ts";
import type { TemplateVariables } from "../../src/template/template-variables.ts";
import { filesOf } from "../sandbox/cluster/kustomize/files-of.ts";
import { checkObject } from "./check-object.ts";
import { launchVariables, rrr } from "./launch-variables.ts";

const templates = await readTemplates([join(import.meta.dirname, "../../templates")]);

it("the templates that come with Slipway are these", () => {
  expect(templates.map(({ name }) => name)).toEqual(["nextjs", "node-service", "static-site"]);
});

describe.each(templates)("$name", (template) => {
  it("makes a whole, valid project of any launch", () => {
    fc.assert(
      fc.property(launchVariables, (variables) => {
        const { files } = renderTemplate(template, variables);
        for (const file of texts(files)) expect(findLeftover(file.content), file.path).toBeUndefined();
        checkManifests(files, variables);
        checkWorkflow(files, variables);
      }),
      { numRuns: 20 },
    );
  });

  it("asks for a certificate only where there is an issuer", () => {
    const ingress = (variables: TemplateVariables) =>
      find(renderTemplate(template, variables).files, "k8s/overlays/production/ingress.yaml");
    expect(ingress(rrr)).toContain('cert-manager.io/cluster-issuer: "letsencrypt-prod"');
    expect(ingress(rrr)).toContain("tls:");
    expect(ingress({ ...rrr, issuer: "" })).not.toMatch(/cert-manager|tls|annotations/);
  });

  it("leaves the cluster's default class where none is given", () => {
    const { files } = renderTemplate(template, { ...rrr, ingressClass: "" });
    expect(find(files, "k8s/overlays/production/ingress.yaml")).not.toContain("ingressClassName");
  });

  it("has the files of a whole project", () => {
    const paths = renderTemplate(template, rrr).files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([".gitignore", "Dockerfile", "README.md", "package.json", "package-lock.json"]),
    );
    expect(paths).not.toContain("template.yaml");
    expect(paths.filter((path) => path.startsWith("k8s/overlays/")).map((path) => path.split("/")[2])).toEqual(
      expect.arrayContaining(["production", "staging"]),
    );
  });

  it("names no registry in its lockfile", () => {
    expect(find(renderTemplate(template, rrr).files, "package-lock.json")).not.toMatch(/"resolved"|registry\./);
  });

  it("builds in stages, on pinned images, and does not run as root", () => {
    const dockerfile = find(renderTemplate(template, rrr).files, "Dockerfile");
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base ?? "");
    expect(bases.length).toBeGreaterThan(1);
    for (const base of bases) expect(base).toMatch(/^[^:]+:(?!latest)[^:]*\d|:nonroot$/);
    expect(dockerfile.slice(dockerfile.lastIndexOf("FROM"))).toMatch(/^USER \d+$/m);
    expect(dockerfile).not.toMatch(/--link|<</);
  });
});

const metadata = z.looseObject({ name: z.string(), labels: z.record(z.string(), z.string()) });
const deployment = z.looseObject({
  metadata,
  spec: z.looseObject({
    selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
    template: z.looseObject({
      metadata: z.looseObject({ labels: z.record(z.string(), z.string()) }),
      spec: z.looseObject({
        imagePullSecrets: z.array(z.object({ name: z.literal("registry-pull") })).min(1),
        // Pod Security `restricted`: https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
        securityContext: z.looseObject({
          runAsNonRoot: z.literal(true),
          seccompProfile: z.object({ type: z.literal("RuntimeDefault") }),
        }),
        containers: z.tuple([
          z.looseObject({
            image: z.string(),
            ports: z.array(z.looseObject({ name: z.string(), containerPort: z.number() })),
            startupProbe: z.object({}).loose(),
            readinessProbe: z.object({}).loose(),
            livenessProbe: z.object({}).loose(),
            resources: z.object({
              requests: z.object({ cpu: z.string(), memory: z.string() }),
              limits: z.object({ cpu: z.string(), memory: z.string() }),
            }),
            securityContext: z.looseObject({
              allowPrivilegeEscalation: z.literal(false),
              readOnlyRootFilesystem: z.literal(true),
              capabilities: z.object({ drop: z.array(z.literal("ALL")).min(1) }),
            }),
          }),
        ]),
        volumes: z.array(z.strictObject({ name: z.string(), emptyDir: z.object({}).loose() })).optional(),
      }),
    }),
  }),
});
const service = z.looseObject({
  metadata,
  spec: z.looseObject({
    selector: z.record(z.string(), z.string()),
    ports: z.tuple([z.object({ name: z.string(), port: z.literal(80), targetPort: z.string() })]),
  }),
});

function checkManifests(files: RenderedFile[], variables: TemplateVariables): void {
  const manifests = texts(files).filter(({ path }) => path.startsWith("k8s/"));
  const objects = new Map(manifests.map(({ path, content }) => [path, checkObject(content)]));

  const { spec, ...made } = deployment.parse(objects.get("k8s/base/deployment.yaml"));
  const [container] = spec.template.spec.containers;
  expect(container.image).toBe(variables.image);
  expect(container.image).toBe(container.image.toLowerCase());
  expect(container.ports.map(({ containerPort }) => containerPort)).toEqual([variables.port]);

  const serves = service.parse(objects.get("k8s/base/service.yaml"));
  expect(spec.template.metadata.labels).toMatchObject(serves.spec.selector);
  expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels);
  expect(serves.spec.ports[0].targetPort).toBe(container.ports[0]?.name);
  expect(serves.metadata.name).toMatch(/^[a-z]([a-z0-9-]*[a-z0-9])?$/);
  expect(made.metadata.name).toBe(objectName(variables.name));

  for (const environment of variables.environments) {
    const overlay = `k8s/overlays/${environment.name}`;
    expect(objects.get(`${overlay}/kustomization.yaml`)).toMatchObject({
      namespace: environment.namespace,
    });
    const [own] = build(
      filesOf(Object.fromEntries(manifests.map(({ path, content }) => [path, content]))),
      overlay,
    ).filter(({ kind }) => kind === "Deployment");
    expect(own).toMatchObject({ metadata: made.metadata, spec: { replicas: environment.replicas } });
    expect(objects.get(`${overlay}/ingress.yaml`)).toMatchObject({
      spec: {
        rules: [
          {
            host: environment.host,
            http: { paths: [{ backend: { service: { name: serves.metadata.name, port: { name: "http" } } } }] },
          },
        ],
      },
    });
  }
  for (const [path, object] of objects) checkResources(path, object, objects);
}

/** Every file that a Kustomization names is there. */
function checkResources(path: string, object: Record<string, unknown>, objects: Map<string, unknown>): void {
  if (object.kind !== "Kustomization") return;
  for (const resource of z.array(z.string()).parse(object.resources)) {
    const target = join(path, "..", resource);
    expect([...objects.keys()]).toContain(target.endsWith(".yaml") ? target : `${target}/kustomization.yaml`);
  }
}

const step = z.looseObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.looseObject({}).optional(),
});
const workflow = z.strictObject({
  name: z.string(),
  on: z.strictObject({
    push: z.strictObject({ branches: z.tuple([z.string()]) }),
    workflow_dispatch: z.null(),
  }),
  permissions: z.strictObject({}),
  jobs: z.record(
    z.string(),
    z.looseObject({
      permissions: z.strictObject({ contents: z.literal("read"), packages: z.literal("write").optional() }),
      steps: z.array(step),
    }),
  ),
});

function checkWorkflow(files: RenderedFile[], variables: TemplateVariables): void {
  const text = find(files, ".github/workflows/build.yml");
  const { on, jobs } = workflow.parse(parse(text));
  for (const [line] of text.matchAll(/^.*\buses:.*$/gm)) expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  expect(on.push.branches).toEqual([variables.defaultBranch]);
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const build = steps.find(({ uses }) => uses?.startsWith("docker/build-push-action@"));
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of Actions
  expect(build?.with?.tags).toBe(`${variables.image}:${"${{ steps.commit.outputs.tag }}"}`);
}

function texts(files: RenderedFile[]): { path: string; content: string }[] {
  return files.flatMap(({ path, content }) => (typeof content === "string" ? [{ path, content }] : []));
}

function find(files: RenderedFile[], path: string): string {
  const file = texts(files).find((candidate) => candidate.path === path);
  if (!file) throw new Error(`no ${path} among ${files.map((each) => each.path).join(", ")}`);
  return file.content;
}
