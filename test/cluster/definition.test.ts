import { execFile } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ProjectSpec } from "../../src/project/project.ts";
import { letProjectsGo } from "./let-projects-go.ts";
import { type Testbed, testbed, WITHOUT } from "./testbed.ts";

const found = testbed();

const NAMESPACE = "slipway-definition";
const spec: ProjectSpec = {
  owner: "acme",
  repository: "rrr",
  workflow: "build.yml",
  template: "node-service",
  visibility: "private",
  environments: [
    { name: "production", namespace: "rrr", host: "rrr.example.com", replicas: 1, follow: "branch" },
    { name: "staging", namespace: "rrr-staging", host: "rrr-staging.example.com", replicas: 1, follow: "branch" },
  ],
  slack: { channel: "C1", requestedBy: "U1" },
  wishes: {},
  intents: {},
};
const [first, second] = spec.environments;
const inFirst = (change: object) => ({ environments: [{ ...first, ...change }, second] });

// In a namespace that no bot looks at.
describe.skipIf(!found)(found ? "the definition of Project" : `the definition of Project: ${WITHOUT}`, () => {
  let at: Testbed;

  beforeAll(async () => {
    if (!found) return;
    at = found;
    await at.kubectl("apply", "--server-side", "--force-conflicts", "-f", "manifests/base/crd.yaml");
    await at.kubectl("wait", "--for=condition=Established", "crd/projects.slipway.dev", "--timeout=30s");
    await at.kubectl("create", "namespace", NAMESPACE);
    expect(await apply({})).toBe("");
  });
  afterAll(async () => {
    if (at) await letProjectsGo(at);
    await at?.kubectl("delete", "namespace", NAMESPACE, "--ignore-not-found", "--timeout=60s");
  });

  /** What the API server says against it; empty: nothing. */
  function apply(change: object, name = "rrr"): Promise<string> {
    return new Promise((resolve) => {
      const child = execFile(
        "kubectl",
        ["apply", "--server-side", "--force-conflicts", "-f", "-"],
        (error, _, stderr) => resolve(error ? stderr : ""),
      );
      child.stdin?.end(
        JSON.stringify({
          apiVersion: "slipway.dev/v1alpha1",
          kind: "Project",
          metadata: { name, namespace: NAMESPACE },
          spec: { ...spec, ...change },
        }),
      );
    });
  }

  test.each<[string, object, string]>([
    ["another repository", { repository: "other" }, "a project's repository cannot be changed"],
    ["another owner", { owner: "other" }, "the owner of a project's repository cannot be changed"],
    ["another template", { template: "nextjs" }, "the template has been used: it cannot be changed"],
    ["another channel", { slack: { ...spec.slack, channel: "C2" } }, "a project's thread stays in the channel"],
    ["another namespace", inFirst({ namespace: "other" }), "cannot be moved to another namespace"],
    ["a name twice", inFirst({ name: "staging", namespace: "x" }), "two environments have the same name"],
    ["a namespace twice", inFirst({ namespace: "rrr-staging" }), "two environments have the same namespace"],
    ["a host twice", inFirst({ host: "rrr-staging.example.com" }), "two environments have the same host"],
    ["a URL for a host", inFirst({ host: "https://rrr.example.com" }), "a host is a DNS name in lower case"],
    ["an address for a host", inFirst({ host: "198.51.100.7" }), "a host is a DNS name in lower case"],
    ["a host of capitals", inFirst({ host: "RRR.example.com" }), "a host is a DNS name in lower case"],
    ["a host with a label too long", inFirst({ host: `${"a".repeat(64)}.example.com` }), "a host is a DNS name"],
    ["an environment's name of capitals", inFirst({ name: "Production" }), "an environment's name is of lower-case"],
    ["a namespace with a dot", inFirst({ namespace: "r.rr" }), "a namespace is of lower-case letters"],
    ["no environment", { environments: [] }, "should have at least 1 items"],
  ])("does not take %s", async (_, change, sentence) => {
    expect(await apply(change)).toContain(sentence);
  });

  const OWN = ["kube-system", "kube-public", "default", "flux-system", "cert-manager", "traefik", "monitoring"];
  test.each([...OWN, "slipway", "slipway-system"])("lets no project live in %s", async (namespace) => {
    const answer = await apply(inFirst({ namespace }), "elsewhere");
    expect(answer).toContain("a project cannot live in a namespace of the cluster's own");
  });

  test("does not take a name that is no DNS name", async () => {
    expect(await apply({}, "r.r")).toContain("a project's name is at most 40 lower-case letters");
    expect(await apply({}, "r".repeat(41))).toContain("a project's name is at most 40 lower-case letters");
  });

  test("takes what may change: replicas, tag, host, one more environment", async () => {
    const third = { name: "preview", namespace: "rrr-preview", host: "rrr-preview.example.com", replicas: 0 };
    const environments = [{ ...first, host: "www.example.com", replicas: 3, tag: "3f2a91c00000" }, second, third];
    expect(await apply({ environments })).toBe("");
  });

  test("takes a status apart from what is wished for, and no wish with a status", async () => {
    const patch = (status: object, ...more: string[]) => {
      const given = JSON.stringify({ spec: { visibility: "public" }, status });
      return at.kubectl("-n", NAMESPACE, "patch", "proj", "rrr", "--type=merge", "-p", given, ...more);
    };
    const now = async () => {
      const { spec, status } = JSON.parse(await at.kubectl("-n", NAMESPACE, "get", "proj", "rrr", "-o", "json"));
      return [spec.visibility, status?.phase];
    };
    await patch({ phase: "Live" }, "--subresource=status");
    expect(await now()).toEqual(["private", "Live"]);
    await patch({ phase: "Failed" });
    expect(await now()).toEqual(["public", "Live"]);
  });

  test("is explained field by field", async () => {
    const text = await at.kubectl("explain", "project.spec.environments");
    expect(text).toContain("Namespace that it lives in.");
    expect(await at.kubectl("get", "slipway", "-A")).toMatch(/NAMESPACE +NAME +PHASE +READY +TEMPLATE +TAG +URL +AGE/);
  });
});
