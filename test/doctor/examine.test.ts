import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { checks } from "../../src/doctor/checks/index.ts";
import { rights } from "../../src/doctor/checks/rights.ts";
import { doctorText } from "../../src/doctor/doctor-text.ts";
import { examine } from "../../src/doctor/examine.ts";
import type { Surroundings } from "../../src/doctor/surroundings.ts";
import type { Cluster } from "../../src/project/ports/cluster.ts";
import { Problem } from "../../src/project/problem.ts";
import { en } from "../../src/words/en/index.ts";
import { surroundings, watch } from "./surroundings.ts";

const textOf = async (at: Surroundings) => doctorText(await examine(checks, at), en);
/** The lines about one thing, with what stands indented below. */
const about = (text: string, title: string) =>
  text
    .split(/\n(?! {4})/)
    .filter((row) => row.slice(2).startsWith(title))
    .join("\n");
const down = async () => {
  throw new Problem("cluster-unreachable", {
    evidence: "connect ECONNREFUSED 10.0.0.1:6443",
    params: { server: "https://10.0.0.1:6443" },
  });
};

test("every check has its file and its name in the catalogue", () => {
  const files = readdirSync("src/doctor/checks").filter((file) => file !== "index.ts");
  const own = checks.filter(({ name }) => !["flux", "ingress-class", "issuer", "role"].includes(name));
  expect(own.map(({ name }) => `${name}.ts`).sort()).toEqual(files.sort());
  for (const { name } of checks) expect(en.doctor.checks).toHaveProperty(name);
});

describe("the doctor", () => {
  test("says of a world that is well what there is, a line for each thing", async () => {
    const { at } = surroundings();
    expect(await textOf(at)).toMatchInlineSnapshot(`
      "✔ API server          Kubernetes v1.34.1, answers in 0 ms
      ✔ Watches             3 kinds in sync, 3 objects; last update 4 s ago
      ✔ Rights              all 51 permissions are granted
      ✔ Leader              slipway-a leads (this replica)
      ✔ Slack               slipway in Acme, by Socket Mode
      ✔ Access              ACCESS_FILE is not set: everybody may launch, and remove what they launched
      ✔ GitHub              slipway[bot], installed on acme with every permission
      ✔ GitHub's limit      GitHub sets no limit
      ✔ Registry            ghcr.io answers and accepts the credentials
      ✔ Flux                GitRepository and Kustomization are installed
      ✔ Ingress class       traefik
      ⚠ Issuer              none, so routes use plain HTTP
      ✔ Tenant role         slipway-project exists
      ✔ Projects            none yet
      ○ Flux's controllers  not known until the first project exists
      ○ Webhooks            GitHub sends them to https://slipway.example.com; not checked from outside
      ○ Outside             VANTAGES is not set, so Slipway cannot tell whether ports are blocked from outside"
    `);
  });

  test("tells which watches are not in step, since when, why, what it means and what to do", async () => {
    const { at, world } = surroundings();
    const outSince = new Date(world.now().getTime() - 90_000);
    const stale = (kind: string) => watch(kind, { problem: "connect ECONNREFUSED 10.0.0.1:6443", outSince });
    const text = await textOf({ ...at, watches: async () => [watch("Project"), stale("Pod"), stale("Service")] });
    expect(about(text, "Watches")).toMatchInlineSnapshot(`
      "✖ Watches             2 of 3 watches of the API server have been out of sync for 1 min 30 s: Pod, Service. (connect ECONNREFUSED 10.0.0.1:6443)
          Slipway sees changes late, and only while the API server answers its other requests. Running pods do not depend on this.
          What to do: Slipway tries again by itself. If this lasts, an operator checks the API server, what is in front of it (a proxy that buffers watches, a firewall) and Slipway's credentials. What is not installed comes with kubectl apply --server-side -k manifests."
    `);
  });

  test("tells that a kind which is not served is not installed", async () => {
    const { at } = surroundings();
    const text = await textOf({
      ...at,
      watches: async () => [watch("Project", { problem: "HTTP 404" }), watch("Pod")],
    });
    expect(about(text, "Watches")).toContain("Project. (HTTP 404: Project is not installed)");
  });

  test("of an API server that is away says so once, and of the rest that it could not be looked at", async () => {
    const { at } = surroundings();
    const cluster = new Proxy(at.ports.cluster, { get: () => down });
    const projects = { ...at.ports.projects, list: down };
    const text = await textOf({
      ...at,
      version: down,
      lease: { read: down },
      ports: { ...at.ports, cluster, projects },
    });
    expect(text.split("\n").filter((line) => /^[✖○]/.test(line))).toMatchInlineSnapshot(`
      [
        "✖ API server      The API server at https://10.0.0.1:6443 does not answer. (connect ECONNREFUSED 10.0.0.1:6443)",
        "○ Rights, Leader, Flux, Ingress class, Issuer, Tenant role, Projects, Flux's controllers  not checked: connect ECONNREFUSED 10.0.0.1:6443",
        "○ Webhooks        GitHub sends them to https://slipway.example.com; not checked from outside",
        "○ Outside         VANTAGES is not set, so Slipway cannot tell whether ports are blocked from outside",
      ]
    `);
  });

  test("names the Projects that cannot be read, with what is wrong and how it is corrected", async () => {
    const { at } = surroundings();
    const fault = { fault: "missing", field: "status.deploys[0].state", more: 2 };
    const list = async () => ({
      projects: [],
      unreadable: ["rrr", "shop", "site"].map((name) => ({ name, fault, fields: [] })),
    });
    const text = await textOf({ ...at, ports: { ...at.ports, projects: { ...at.ports.projects, list } } });
    expect(about(text, "Projects")).toMatchInlineSnapshot(`
      "✖ Projects            The Project rrr is not valid: status.deploys[0].state is missing, and 2 more fields are wrong. Also not valid: shop, site.
          Slipway ignores it until this is fixed: pushes are not deployed, and the thread is not updated.
          What to do: An operator fixes it: kubectl -n slipway-system edit project rrr --subresource=status."
    `);
  });

  test("names the rights that are missing", async () => {
    const { at } = surroundings();
    const can = async (verb: string, { resource }: { resource: string }) =>
      !(verb === "delete" && resource === "secrets");
    const text = await textOf({ ...at, ports: { ...at.ports, cluster: { ...at.ports.cluster, can } } });
    expect(about(text, "Rights")).toMatchInlineSnapshot(`
      "✖ Rights              Slipway's ServiceAccount may not: delete secrets.
          Whatever needs one of them stops or waits.
          What to do: An operator runs kubectl apply --server-side -k manifests/base."
    `);
  });

  test("tells who leads, and that nobody does", async () => {
    const { at, world } = surroundings();
    expect(about(await textOf({ ...at, identity: "slipway-b" }), "Leader")).toMatch(
      "slipway-a leads; this replica, slipway-b, is on standby",
    );
    expect(about(await textOf({ ...at, identity: undefined }), "Leader")).toMatch(/slipway-a leads$/);
    const stored = await at.lease.read();
    if (!stored) throw new Error("it is held");
    const renewedAt = new Date(world.now().getTime() - 600_000);
    const dead = { read: async () => ({ ...stored, record: { ...stored.record, renewedAt } }) };
    expect(about(await textOf({ ...at, lease: dead }), "Leader")).toMatch(/^✖ .*has not renewed it for 10 min/);
    expect(about(await textOf({ ...at, lease: { read: async () => undefined } }), "Leader")).toMatch(
      /^✖ .*Nobody holds/,
    );
  });

  test("tells what Slack, GitHub and the registry refuse", async () => {
    const { at } = surroundings();
    const refused = async () => {
      throw new Problem("image-unauthorized", {
        destiny: { kind: "person" },
        evidence: "GET ghcr.io/v2/: 401 ghp_abcdefghijklmnop",
      });
    };
    const github = {
      ...at.ports.github,
      standing: async () => ({
        login: "slipway[bot]",
        kind: "app" as const,
        missing: ["workflows: write"],
        limit: { left: 12, of: 5000, resetsAt: new Date("2026-03-01T10:40:00Z") },
      }),
    };
    const text = await textOf({
      ...at,
      slack: async () => ({ ok: false, code: "slack-socket-down", detail: "Socket Mode is not connected" }),
      ports: { ...at.ports, github, registry: { ...at.ports.registry, check: refused } },
    });
    expect(about(text, "Slack")).toMatch(/^✖ .*\(Socket Mode is not connected\)\n.*\n.*SLACK_APP_TOKEN/);
    expect(about(text, "GitHub ")).toMatch(/^✖ .*lacks workflows: write\.\n.*\n.*Permissions & events/);
    expect(about(text, "GitHub's limit")).toMatch(/^⚠ .*12 of 5000 requests left until 10:40 UTC/);
    expect(about(text, "Registry")).toMatch(/^✖ .*lacks read:packages/);
    expect(text).not.toContain("ghp_abcdefghijklmnop");
  });

  test("tells that Flux is missing, or there and asleep", async () => {
    const { at, world } = surroundings();
    const without = { ...at.ports.cluster, serves: async () => false };
    expect(about(await textOf({ ...at, ports: { ...at.ports, cluster: without } }), "Flux ")).toMatch(
      /^✖ .*GitRepository/,
    );
    await world.create();
    world.cluster.put({
      apiVersion: "source.toolkit.fluxcd.io/v1",
      kind: "GitRepository",
      metadata: { name: "rrr", namespace: "rrr", labels: { "slipway.dev/project": "rrr" } },
      spec: {},
    });
    expect(about(await textOf(at), "Flux's controllers")).toMatch(/^○ /);
    world.wait(240);
    expect(about(await textOf(at), "Flux's controllers")).toMatch(/^✖ .*GitRepository rrr\/rrr was created 4 min ago/);
  });

  test("asks whoever looks from outside, also whether webhooks get here", async () => {
    const { at } = surroundings({ outside: true });
    const text = await textOf(at);
    expect(about(text, "Webhooks")).toMatch(/^✔ .*slipway\.example\.com can be reached from outside \(elsewhere\)/);
    expect(about(text, "Outside")).toMatch(/^✔ .*elsewhere can check/);
    const vantages = at.ports.vantages.map((each) => ({
      ...each,
      refusal: async () => "elsewhere answers 401",
      probe: async () => ({ ...(await each.probe({ url: "http://x/" })), outcome: { state: "tcp-timeout" as const } }),
    }));
    const silent = await textOf({ ...at, ports: { ...at.ports, vantages } });
    expect(about(silent, "Webhooks")).toMatch(
      /^✖ .*does not answer from outside \(elsewhere: the connection times out\)/,
    );
    expect(about(silent, "Outside")).toMatch(/^✖ .*\(elsewhere answers 401\)\n.*\n.*VANTAGE_SECRET/);
  });

  test("without PUBLIC_URL says that GitHub is asked", async () => {
    const { at } = surroundings({ settings: { publicUrl: undefined } });
    expect(about(await textOf(at), "Webhooks")).toMatch(/^⚠ .*PUBLIC_URL is not set/);
  });

  test("does not wait for what hangs, nor fall with what breaks", async () => {
    const { at } = surroundings();
    const lines = await examine(
      checks,
      {
        ...at,
        slack: () => new Promise(() => {}),
        watches: async () => {
          throw new TypeError("not of this world");
        },
      },
      50,
    );
    const states = Object.fromEntries(lines.map(({ check, state }) => [check, state]));
    expect(states).toMatchObject({ slack: "unknown", watches: "unknown", leader: "ok" });
  });
});

test("the rights it asks for are granted by the manifests, and none of their resources is left out", async () => {
  const rule = z.object({
    apiGroups: z.array(z.string()),
    resources: z.array(z.string()),
    resourceNames: z.array(z.string()).default([]),
    verbs: z.array(z.string()),
  });
  const role = z.object({ kind: z.enum(["ClusterRole", "Role"]), rules: z.array(rule) });
  const rules = parseAllDocuments(readFileSync("manifests/base/rbac.yaml", "utf8"))
    .flatMap((document) => role.safeParse(document.toJS()).data ?? [])
    .flatMap(({ kind, rules }) => rules.map((each) => ({ ...each, own: kind === "Role" })));
  const asked: { verb: string; resource: Parameters<Cluster["can"]>[1] }[] = [];
  const { at } = surroundings();
  const can: Cluster["can"] = async (verb, resource) => asked.push({ verb, resource }) > 0;
  await rights.run({ ...at, ports: { ...at.ports, cluster: { ...at.ports.cluster, can } } });
  const named = ({ group, resource, subresource }: (typeof asked)[number]["resource"]) =>
    `${group} ${subresource === undefined ? resource : `${resource}/${subresource}`}`;
  const granted = (rule: (typeof rules)[number]) => rule.resources.map((each) => `${rule.apiGroups[0]} ${each}`);
  for (const { verb, resource } of asked)
    expect(
      rules.some(
        (each) =>
          each.own === (resource.namespace !== undefined) &&
          granted(each).includes(named(resource)) &&
          each.verbs.includes(verb) &&
          (each.resourceNames.length === 0 || each.resourceNames.includes(resource.name ?? "")),
      ),
      `${verb} ${named(resource)}`,
    ).toBe(true);
  const all = asked.map(({ resource }) => named(resource));
  expect([...new Set(rules.flatMap(granted))].filter((each) => !all.includes(each))).toEqual([]);
  // Who may watch may list, who may patch may get: each is a call.
  const verbs = (what: string) => asked.filter(({ resource }) => named(resource) === what).map(({ verb }) => verb);
  expect(verbs("source.toolkit.fluxcd.io gitrepositories")).toEqual(["watch", "create", "patch", "delete"]);
});
