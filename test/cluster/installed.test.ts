import { execFile } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cloneUrlOf } from "../../src/sandbox/clone-url-of.ts";
import { messageLines } from "../../src/sandbox/message-lines.ts";
import { imageLayer } from "./image-layer.ts";
import { type Guide, openGuide } from "./install-guide/open-guide.ts";
import { wipe } from "./install-guide/wipe.ts";
import { askFrom } from "./network-policy/ask-from.ts";
import { enforcePolicies } from "./network-policy/enforce-policies.ts";
import { processOf } from "./process-of.ts";
import { type RealWorld, startRealWorld } from "./start-real-world.ts";
import { type Testbed, testbed, WITHOUT } from "./testbed.ts";
import { until } from "./until.ts";

const run = promisify(execFile);
const found = testbed();

const NAME = "installed";
const DOMAIN = "operator.test";
const HOST = `${NAME}.${DOMAIN}`;
/** Namespaces of others, made for their pods to ask from. */
const ASKING = ["monitoring", "somebodys"];

describe.skipIf(!found)(found ? "installed as an operator would" : `installed as an operator would: ${WITHOUT}`, () => {
  let at: Testbed;
  let world: RealWorld;
  let work: string;
  let guide: Guide;
  let leavePolicies: (() => Promise<void>) | undefined;
  let leads = "";

  beforeAll(async () => {
    if (!found) return;
    at = found;
    work = await mkdtemp(join(tmpdir(), "slipway-installed-"));
    await at.testbed("dns", "set", HOST, at.node);
    await wipe(at);
    const layer = ["--image-layer", await imageLayer(at, work), "--image-entrypoint", "/srv/server"];
    world = await startRealWorld(at, "--only", "slack,github", ...layer);
    guide = await openGuide(at, world.sandbox, work, { domain: DOMAIN, further });
    const policies = enforcePolicies(at, work).then((leave) => {
      leavePolicies = leave;
    });
    await Promise.all([guide.install(), policies]);
  }, 420_000);

  afterAll(async () => {
    if (!at) return;
    await leavePolicies?.();
    await guide?.close();
    await at.kubectl("delete", "namespace", ...ASKING, "--ignore-not-found", "--wait=false");
    await wipe(at);
    await world?.sandbox.close();
    await at.testbed("dns", "unset", HOST);
    await at.kubectl("delete", "namespace", NAME, "--ignore-not-found", "--timeout=60s");
    await rm(work, { recursive: true, force: true });
  });

  /** Webhooks come to the Service's address, which this machine reaches. */
  async function further() {
    const address = await slipway("get", "service", "slipway", "-o", "jsonpath={.spec.clusterIP}");
    const { GITHUB_WEBHOOK_SECRET = "" } = world.sandbox.environment;
    return { PUBLIC_URL: `http://${address}`, GITHUB_WEBHOOK_SECRET, CLUSTER_ISSUER: "none" };
  }

  const slipway = (...args: string[]) => at.kubectl("-n", "slipway-system", ...args);
  const pods = async () =>
    (await slipway("get", "pods", "-l", "app.kubernetes.io/name=slipway", "-o", "name")).trim().split("\n").sort();
  const leader = async () => `pod/${await slipway("get", "lease", "slipway", "-o", "jsonpath={.spec.holderIdentity}")}`;
  const ask = async (pod: string, path: string) =>
    at.kubectl("get", "--raw", `/api/v1/namespaces/slipway-system/${pod.replace("pod/", "pods/")}:9090/proxy${path}`);
  const roots = () =>
    world.sandbox.slack.workspace
      .messages("launches")
      .filter((message) => message.thread_ts === undefined || message.thread_ts === message.ts)
      .filter((message) => messageLines(message).some((line) => line.includes(NAME)));

  test("two pods are ready, from the image of its own, and one of them leads", async () => {
    expect(await pods()).toHaveLength(2);
    await until(20, "a leader", async () => (await pods()).includes(await leader()));
    const leading = await Promise.all(
      (await pods()).map(async (pod) => /^slipway_leader (\d)$/m.exec(await ask(pod, "/metrics"))?.[1]),
    );
    expect(leading.sort()).toEqual(["0", "1"]);
    for (const pod of await pods()) expect(await ask(pod, "/readyz")).toBe("ready\n");
  });

  test("starts from what was compiled when its image was built", async () => {
    // Without a configuration it ends as soon as it has loaded everything. Node tells of its cache on standard error.
    const start = `require("node:child_process").spawnSync(process.execPath, ["src/main.ts"], {
      env: { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, NODE_DEBUG_NATIVE: "COMPILE_CACHE" },
      stdio: ["ignore", 1, 1] });`;
    const said = await slipway("exec", "deployment/slipway", "--", "/nodejs/bin/node", "--eval", start);
    expect(said).toMatch(/V8 code cache for ESM file:\/\/\/app\/src\/start\.ts was accepted/);
    expect(said).toMatch(
      /retrieving transpile cache for StrippedTypeScript file:\/\/\/app\/src\/start\.ts\.\.\.success/,
    );
  });

  test("the network lets the ingress controller's namespace reach what the bot serves, monitoring its metrics, and nobody more", async () => {
    for (const namespace of ASKING) await at.kubectl("create", "namespace", namespace);
    const names = ["kube-system", ...ASKING];
    const asking = await Promise.all(names.map((namespace) => askFrom(at, namespace)));
    try {
      const [ingress] = asking;
      const pod = await slipway("get", (await pods())[0] ?? "", "-o", "jsonpath={.status.podIP}");
      const service = await slipway("get", "service", "slipway", "-o", "jsonpath={.spec.clusterIP}");
      const addresses = [
        ...[`http://${pod}:3000/github/webhooks`, `http://${service}/github/webhooks`],
        ...[`http://${pod}:9090/metrics`, `http://${service}:9090/metrics`],
        // Of no policy: what is not reached is not for want of a network.
        ingress?.address ?? "",
      ];
      const seen = await Promise.all(
        asking.map(async ({ status }) => (await Promise.all(addresses.map(status))).map((each) => each ?? "refused")),
      );
      expect(Object.fromEntries(names.map((name, index) => [name, seen[index]]))).toEqual({
        "kube-system": [405, 405, "refused", "refused", 200],
        monitoring: ["refused", "refused", 200, 200, 200],
        somebodys: ["refused", "refused", "refused", "refused", 200],
      });
    } finally {
      await Promise.all(asking.map(({ close }) => close()));
    }
  });

  test("a pod that is told to end hands over at once", async () => {
    const before = await leader();
    const began = Date.now();
    await slipway("delete", before, "--wait=false");
    await until(20, "another leader", async () => ![before, "pod/"].includes(await leader()));
    expect(Date.now() - began).toBeLessThan(12_000);
    await slipway("rollout", "status", "deployment/slipway", "--timeout=60s");
  });

  test("a launch goes on when its leader freezes, wakes beside the next one, and that one is killed: once of each", async () => {
    await world.say(`/project create ${NAME} template=node-service`);
    const { github } = world.sandbox;
    await until(60, "the repository", () => github.overview().repositories.length === 1);
    const frozen = await leader();
    // It cannot let go of its lease, nor know that it has lost it.
    const pid = await processOf(frozen);
    process.kill(pid, "SIGSTOP");
    try {
      await until(30, "another leader", async () => (await leader()) !== frozen);
    } finally {
      process.kill(pid, "SIGCONT");
    }
    const killed = await leader();
    await slipway("delete", killed, "--force", "--grace-period=0");
    await until(150, "live", () => world.thread(NAME)[0]?.[0]?.includes("· live ·"));

    leads = await leader();
    expect(leads).not.toBe(killed);

    const page = await at.outside("curl", "-sS", "-H", `Host: ${HOST}`, `http://${at.node}/hello`);
    expect(page).toContain("/hello");
    expect(roots()).toHaveLength(1);
    const said = world.thread(NAME).map(([first]) => first);
    expect(said.filter((line, index) => said.indexOf(line) !== index)).toEqual([]);
    const { repositories } = github.overview();
    expect(repositories).toHaveLength(1);
    expect(repositories[0]).toMatchObject({ runs: [expect.anything()], hooks: [expect.anything()] });
    await run("git", ["clone", "--quiet", "--bare", cloneUrlOf(github, `acme/${NAME}`), join(work, "clone")]);
    const { stdout } = await run("git", ["-C", join(work, "clone"), "rev-list", "--count", "--all"]);
    // GitHub's own, and ours on top of it.
    expect(stdout.trim()).toBe("2");
  });

  test("in a pod the doctor tells how the project is, and that there is none of a name", async () => {
    const doctor = (name: string) =>
      slipway("exec", "deployment/slipway", "--", "/nodejs/bin/node", "src/main.ts", "doctor", name);
    const said = await doctor(NAME);
    expect(said).toMatch(/^✔ Pods +1 of 1 ready$/m);
    expect(said).toMatch(/^Nothing found\.$/m);
    await expect(doctor("instaled")).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining("There is no project instaled. Did you mean installed?"),
    });
  });

  test("a webhook that comes to the pod that stands by is passed on to the one that leads", async () => {
    const standby = (await pods()).find((pod) => pod !== leads);
    const address = await slipway("get", standby ?? "", "-o", "jsonpath={.status.podIP}");
    const secret = world.sandbox.environment.GITHUB_WEBHOOK_SECRET ?? "";
    const body = JSON.stringify({ repository: { name: NAME, owner: { login: "acme" } } });
    const signature = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
    const passedOn = () =>
      slipway("get", "project", NAME, "-o", "jsonpath={.metadata.annotations.slipway\\.dev/requested-at}");
    const before = await passedOn();
    const answer = await fetch(`http://${address}:3000/github/webhooks`, {
      method: "POST",
      headers: { "x-github-event": "push", "x-github-delivery": "1", "x-hub-signature-256": signature },
      body,
    });
    expect(answer.status).toBeLessThan(300);
    await until(10, "the annotation", async () => (await passedOn()) !== before);
  });

  test("is undone to nothing when it is deleted", async () => {
    await world.remove(NAME);
    expect(world.sandbox.github.overview().repositories).toEqual([]);
  });
});
