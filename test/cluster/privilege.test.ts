import { execFile } from "node:child_process";
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type AuditEntry, auditFrom, rightsIn, rightsOf, wasRefused } from "./audit.ts";
import { imageLayer } from "./image-layer.ts";
import { letProjectsGo } from "./let-projects-go.ts";
import { type RealWorld, startRealWorld } from "./start-real-world.ts";
import { type Testbed, testbed, WITHOUT } from "./testbed.ts";
import { until } from "./until.ts";

const secrets = z.object({ items: z.array(z.object({ data: z.record(z.string(), z.string()).default({}) })) });
const found = testbed();
const log = process.env.TESTBED_AUDIT;
const root = process.env.TESTBED_ACME_ROOT;
const MANIFEST = new URL("../../manifests/base/rbac.yaml", import.meta.url);
const NAME = "vault";
const BOT = "system:serviceaccount:slipway-system:slipway";
const TENANT = `system:serviceaccount:${NAME}:slipway-tenant`;
/** A namespace and a Secret of somebody else. */
const OTHERS = "somebodys";
/** A Project that nobody launches. */
const LEFT = "left";
const ELSEWHERE = /Slipway makes and removes things only in the namespaces of its projects/;
const DENIED = /is forbidden/;

/** Not asked for by a call of its own: what the API server looks for when the tenant's RoleBinding is made. */
const IMPLICIT = ["bind rbac.authorization.k8s.io/clusterroles"];

describe.skipIf(!found || !log)(found && log ? "least privilege" : `least privilege: ${WITHOUT}`, () => {
  let at: Testbed;
  let world: RealWorld;
  let work: string;
  let calls: () => Promise<AuditEntry[]>;

  beforeAll(async () => {
    if (!found || !log) return;
    at = found;
    work = await mkdtemp(join(tmpdir(), "slipway-privilege-"));
    await at.testbed("dns", "set", `${NAME}.rrr.test`, at.node);
    // So that making it is among the calls.
    await at.kubectl("-n", "slipway-system", "delete", "lease", "slipway", "--ignore-not-found");
    await at.kubectl("delete", "namespace", OTHERS, "--ignore-not-found", "--timeout=60s");
    await at.kubectl("create", "namespace", OTHERS);
    await at.kubectl("-n", "default", "create", "secret", "generic", OTHERS, "--from-literal=a=b");
    // Refused until the namespace has its ServiceAccount.
    await until(30, "a pod of somebody's", () =>
      at.kubectl("-n", OTHERS, "run", OTHERS, "--image=docker.io/testbed/app:1").then(Boolean, () => false),
    );
    calls = await auditFrom(log, BOT);
    process.env.NODE_EXTRA_CA_CERTS = root;
    world = await startRealWorld(
      at,
      ...["--domain", "rrr.test"],
      ...["--image-layer", await imageLayer(at, work), "--image-entrypoint", "/srv/server"],
    );
  });

  afterAll(async () => {
    await world?.sandbox.close();
    if (at) await letProjectsGo(at);
    await at?.testbed("dns", "unset", `${NAME}.rrr.test`);
    await at?.kubectl("-n", "slipway-system", "delete", "project", NAME, "--ignore-not-found");
    await at?.kubectl("delete", "namespace", NAME, "--ignore-not-found", "--timeout=60s");
    await at?.kubectl("delete", "namespace", OTHERS, "--ignore-not-found");
    await at?.kubectl("-n", "default", "delete", "secret", OTHERS, "--ignore-not-found");
    await at?.kubectl("delete", "clusterrolebinding", "up", "--ignore-not-found");
    if (work) await rm(work, { recursive: true, force: true });
  });

  const page = () => at.outside("curl", "-sS", "--cacert", root ?? "", `https://${NAME}.rrr.test/still`);
  /** kubectl with somebody's rights; nothing comes to stay. */
  const as = async (user: string, args: string[], input?: object) => {
    const namespace = user.split(":")[2];
    const groups = ["system:serviceaccounts", `system:serviceaccounts:${namespace}`, "system:authenticated"];
    const running = promisify(execFile)("kubectl", [
      `--as=${user}`,
      ...groups.map((group) => `--as-group=${group}`),
      ...args,
    ]);
    if (input) running.child.stdin?.end(JSON.stringify(input));
    return (await running).stdout;
  };
  const apply = (user: string, object: object) =>
    as(user, ["apply", "--server-side", "--dry-run=server", "-f", "-"], object);
  const binding = (namespace: string, role: string) => ({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: { name: "up", namespace },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
    subjects: [{ kind: "ServiceAccount", name: "slipway", namespace: "slipway-system" }],
  });
  const kustomization = (namespace: string, spec: object) => ({
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name: "up", namespace },
    spec: { interval: "1m", prune: true, sourceRef: { kind: "GitRepository", name: "up" }, ...spec },
  });

  test("the rights of the bot's account are enough for a launch", async () => {
    await world.say(`/project create ${NAME} template=node-service`);
    await until(120, "live", () => world.thread(NAME)[0]?.[0]?.includes("· live ·"));
  });

  test("of a CronJob whose run has failed it asks whether one has gone well since", async () => {
    const nightly = {
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata: { name: "nightly", namespace: NAME },
      spec: {
        schedule: "0 3 * * *",
        suspend: true,
        jobTemplate: {
          metadata: { labels: { "slipway.dev/project": NAME } },
          spec: {
            // Over before its pod begins.
            activeDeadlineSeconds: 1,
            template: {
              spec: { restartPolicy: "Never", containers: [{ name: "nightly", image: "docker.io/testbed/app:1" }] },
            },
          },
        },
      },
    };
    await writeFile(join(work, "nightly.json"), JSON.stringify(nightly));
    await at.kubectl("apply", "-f", join(work, "nightly.json"));
    await at.kubectl("-n", NAME, "create", "job", "nightly-1", "--from=cronjob/nightly");
    await until(60, "asked", async () => (await calls()).flatMap(rightsOf).includes("list batch/cronjobs"));
    await at.kubectl("-n", NAME, "delete", "cronjob", "nightly");
  });

  test("its credentials are in no status, event, log or message", async () => {
    const credentials = await secretsOf(at, NAME);
    expect(credentials.length).toBeGreaterThan(1);
    const told = [
      await at.kubectl("get", "events,gitrepositories,kustomizations,deployments,pods", "-n", NAME, "-o", "json"),
      await at.kubectl("-n", "slipway-system", "get", "projects", "-o", "json"),
      await readFile(join(world.sandbox.dataDir, "bot.log"), "utf8"),
      JSON.stringify(world.sandbox.slack.workspace.messages("launches")),
      world.text(),
    ].join("\n");
    for (const secret of credentials) expect(told.includes(secret), "a credential was told").toBe(false);
  });

  test.each<[string, RegExp, () => Promise<string>]>([
    [
      "read a Secret, even of its own project",
      /cannot get resource "secrets"/,
      () => as(BOT, ["-n", NAME, "get", "secret", "registry-pull"]),
    ],
    ["list the Secrets of the cluster", /cannot list resource "secrets"/, () => as(BOT, ["get", "secrets", "-A"])],
    [
      "read a Secret by a patch that changes nothing",
      ELSEWHERE,
      () => apply(BOT, { apiVersion: "v1", kind: "Secret", metadata: { name: OTHERS, namespace: "default" } }),
    ],
    [
      "put a Secret into a namespace that is no project's",
      ELSEWHERE,
      () => apply(BOT, { apiVersion: "v1", kind: "Secret", metadata: { name: "new", namespace: "kube-system" } }),
    ],
    [
      "give itself a namespace by labelling it",
      /Slipway touches only the namespaces of its projects/,
      () => as(BOT, ["label", "namespace", "default", `slipway.dev/project=${NAME}`, "--dry-run=server"]),
    ],
    [
      "remove a namespace that is no project's",
      /Slipway touches only the namespaces of its projects/,
      () => as(BOT, ["delete", "namespace", OTHERS, "--dry-run=server"]),
    ],
    [
      "bind cluster-admin, where it may bind something",
      /attempting to grant RBAC permissions not currently held/,
      () => apply(BOT, binding(NAME, "cluster-admin")),
    ],
    [
      "bind the tenants' role where no project is",
      ELSEWHERE,
      () => apply(BOT, binding("kube-system", "slipway-project")),
    ],
    [
      "have Flux apply as an administrator",
      /applied as the project's own account/,
      () => apply(BOT, kustomization(NAME, {})),
    ],
    [
      "have Flux apply with credentials of another's choice",
      /applied as the project's own account/,
      () =>
        apply(
          BOT,
          kustomization(NAME, { serviceAccountName: "slipway-tenant", kubeConfig: { secretRef: { name: "theirs" } } }),
        ),
    ],
    [
      "have Flux apply where no project is",
      ELSEWHERE,
      () => apply(BOT, kustomization("kube-system", { serviceAccountName: "slipway-tenant" })),
    ],
    [
      "have Flux fetch where no project is",
      ELSEWHERE,
      () =>
        apply(BOT, {
          apiVersion: "source.toolkit.fluxcd.io/v1",
          kind: "GitRepository",
          metadata: { name: "up", namespace: "kube-system" },
          spec: { interval: "1m", url: "https://git.example.com/theirs.git" },
        }),
    ],
    [
      "change a ServiceAccount where no project is",
      ELSEWHERE,
      () => apply(BOT, { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace: OTHERS } }),
    ],
    [
      "remove a pod where no project is",
      ELSEWHERE,
      () => as(BOT, ["-n", OTHERS, "delete", "pod", OTHERS, "--dry-run=server"]),
    ],
  ])("the bot's account cannot %s", async (_, refusal, attempt) => {
    await expect(attempt()).rejects.toThrow(refusal);
  });

  test("a project's account cannot read the Secrets of another namespace, nor bind anything", async () => {
    expect(await as(TENANT, ["-n", NAME, "get", "secret", "registry-pull", "-o", "name"])).toContain("registry-pull");
    await expect(as(TENANT, ["-n", "kube-system", "get", "secrets"])).rejects.toThrow(DENIED);
    await expect(apply(TENANT, binding(NAME, "slipway-project"))).rejects.toThrow(DENIED);
  });

  test("a namespace of the cluster's own, or of anybody, is refused before anything is made", async () => {
    for (const name of ["kube-system", "flux-system", "default", "slipway-system", OTHERS]) {
      world.whispers.length = 0;
      await world.say(`/project create ${name} template=node-service`);
      await until(20, `a refusal of ${name}`, () =>
        world.whispers.some((each) => /has a namespace somebodys that|The cluster itself uses that name/.test(each)),
      );
    }
    const projects = await at.kubectl("-n", "slipway-system", "get", "projects", "-o", "name");
    expect(projects.trim().split("\n")).toEqual([`project.slipway.dev/${NAME}`]);
  });

  test("a repository that asks for a ClusterRoleBinding is refused, and its thread says so", async () => {
    const clusterRoleBinding = {
      ...binding("", "cluster-admin"),
      kind: "ClusterRoleBinding",
      metadata: { name: "up" },
    };
    await world.push(NAME, work, "Make us administrators", async (clone) => {
      await writeFile(join(clone, "k8s/base/up.yaml"), JSON.stringify(clusterRoleBinding));
      const file = join(clone, "k8s/base/kustomization.yaml");
      // Once, also when this is tried once more: named twice it would be another fault, and every later test's.
      if (!(await readFile(file, "utf8")).includes("up.yaml")) await appendFile(file, "  - up.yaml\n");
    });
    const thread = () => world.thread("Make us administrators").flat().join("\n");
    await until(120, "the refusal", () => thread().includes("The cluster rejects a manifest"));
    // The card has it first, its evidence is in the thread.
    await until(20, "its evidence", () => thread().includes("is forbidden"));
    expect(thread()).toMatch(/clusterrolebindings.* is forbidden: User "system:serviceaccount:vault:slipway-tenant"/);
    expect(thread()).toContain("neither roles nor privileged pods");
    expect(await at.kubectl("get", "clusterrolebinding", "up", "--ignore-not-found")).toBe("");
    expect(await page()).toContain("/still");
  });

  test("a Secret that it asks for in another namespace comes into its own", async () => {
    const stray = { apiVersion: "v1", kind: "Secret", metadata: { name: "stray", namespace: "kube-system" } };
    await world.push(NAME, work, "Reach into kube-system", async (clone) => {
      await writeFile(join(clone, "k8s/base/up.yaml"), JSON.stringify(stray));
    });
    await until(120, "the deploy", () => world.thread("Reach into kube-system")[0]?.[0]?.includes("· live"));
    expect(await at.kubectl("-n", "kube-system", "get", "secret", "stray", "--ignore-not-found")).toBe("");
    expect(await at.kubectl("-n", NAME, "get", "secret", "stray", "-o", "name")).toContain("stray");
  });

  test("a pod that its node pulled for without the pull secret is replaced", async () => {
    // Only while its tag is new.
    await world.push(NAME, work, "Another image", (clone) => writeFile(join(clone, "notes.txt"), "Rebuild.\n"));
    await until(180, "the deploy", () => world.thread("Another image")[0]?.[0]?.includes("· live"));
    const wanted = ["get", "deployment", NAME, "-o", "jsonpath={.spec.template.spec.containers[0].image}"];
    const image = await at.kubectl("-n", NAME, ...wanted);
    const labels = `--labels=slipway.dev/project=${NAME}`;
    await at.kubectl("-n", NAME, "run", "stranger", `--image=${image}`, "--image-pull-policy=Always", labels);
    await until(
      15,
      "its end",
      async () => !(await at.kubectl("-n", NAME, "get", "pods", "-o", "name")).includes("stranger"),
    );
    expect(await page()).toContain("/still");
  });

  test("a privileged pod is refused, its thread says so, and what ran goes on", async () => {
    await world.push(NAME, work, "Run as the node", async (clone) => {
      const file = join(clone, "k8s/base/deployment.yaml");
      const text = await readFile(file, "utf8");
      await writeFile(file, text.replace("allowPrivilegeEscalation: false", "privileged: true"));
    });
    const thread = () => world.thread("Run as the node").flat().join("\n");
    await until(120, "the refusal", () => thread().includes("The cluster rejects the pods"));
    await until(20, "its evidence", () => thread().includes("violates PodSecurity"));
    expect(thread()).toMatch(/privileged/);
    expect(await page()).toContain("/still");
  });

  test("all of it is removed with the same rights", async () => {
    // A source that fails has its events read.
    await at.testbed("cut", String(world.gitPort));
    try {
      await at.kubectl(
        "-n",
        NAME,
        "annotate",
        "--overwrite",
        "gitrepository",
        NAME,
        `reconcile.fluxcd.io/requestedAt=${Date.now()}`,
      );
      await until(90, "a look at the events", async () =>
        (await calls()).some((call) => rightsOf(call).includes("list /events")),
      );
    } finally {
      await at.testbed("mend", String(world.gitPort));
    }
    await world.remove(NAME);
  });

  test("a Project that is deleted with kubectl is let go with the same rights", async () => {
    const project = {
      apiVersion: "slipway.dev/v1alpha1",
      kind: "Project",
      metadata: { name: LEFT, namespace: "slipway-system", finalizers: ["slipway.dev/farewell"] },
      spec: {
        owner: "acme",
        repository: LEFT,
        template: "node-service",
        environments: [{ name: "production", namespace: LEFT, host: `${LEFT}.rrr.test` }],
        slack: { channel: "C1", requestedBy: "U1" },
      },
    };
    await writeFile(join(work, "left.json"), JSON.stringify(project));
    await at.kubectl("apply", "-f", join(work, "left.json"));
    await at.kubectl("-n", "slipway-system", "delete", "project", LEFT, "--wait=false");
    await until(60, "its end", async () => {
      const projects = await at.kubectl("-n", "slipway-system", "get", "projects", "-o", "name");
      return !projects.includes(LEFT);
    });
  });

  test("every call of it was allowed", async () => {
    const made = await calls();
    expect(made.length).toBeGreaterThan(100);
    const refused = made.filter(wasRefused);
    expect(refused.map(({ verb, requestURI }) => `${verb} ${requestURI}`)).toEqual([]);
  });

  test("every right that the manifests give was used", async () => {
    const used = new Set((await calls()).flatMap(rightsOf));
    const given = rightsIn(await readFile(MANIFEST, "utf8"));
    expect(given.filter((right) => !used.has(right) && !IMPLICIT.includes(right))).toEqual([]);
  });
});

/** What is secret in a namespace's Secrets. */
async function secretsOf(at: Testbed, namespace: string): Promise<string[]> {
  const { items } = secrets.parse(JSON.parse(await at.kubectl("-n", namespace, "get", "secrets", "-o", "json")));
  return items
    .flatMap(({ data }) => Object.values(data))
    .map((text) => Buffer.from(text, "base64").toString())
    .flatMap((text) =>
      text.startsWith("{") ? [...text.matchAll(/"(?:password|auth)":"([^"]+)"/g)].map(([, each = ""]) => each) : [text],
    )
    .filter((each) => each.length > 15);
}
