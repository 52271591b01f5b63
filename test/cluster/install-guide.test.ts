import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { messageLines } from "../../src/sandbox/message-lines.ts";
import { imageLayer } from "./image-layer.ts";
import { lookOutside } from "./install-guide/look-outside.ts";
import { type Guide, openGuide } from "./install-guide/open-guide.ts";
import { wipe } from "./install-guide/wipe.ts";
import { objectsIn } from "./objects-in.ts";
import { type RealWorld, startRealWorld } from "./start-real-world.ts";
import { type Testbed, testbed, WITHOUT } from "./testbed.ts";
import { until } from "./until.ts";

const found = testbed();
const { TESTBED_ACME_ROOT: root, TESTBED_DNS: dns = "" } = process.env;

const DOMAIN = "guide.test";
const NAMES = ["rrr", "second", "third"] as const;
const BOT_HOST = `slipway.${DOMAIN}`;
const ELSEWHERE = "launches";
const LATER_STATUS = '{"status":{"later":"kept"}}';

describe.skipIf(!found || !root)(
  found && root ? "docs/install.md, followed word by word" : `docs/install.md, followed word by word: ${WITHOUT}`,
  // A step that is taken once more is another guide: what comes after it would only wait in vain.
  { retry: 0 },
  () => {
    let at: Testbed;
    let world: RealWorld;
    let guide: Guide;
    let work: string;
    let place = "slipway-system";
    let leaveOutside: (() => Promise<void>) | undefined;

    beforeAll(async () => {
      if (!found) return;
      at = found;
      work = await mkdtemp(join(tmpdir(), "slipway-guide-"));
      await wipe(at);
      const layer = ["--image-layer", await imageLayer(at, work), "--image-entrypoint", "/srv/server"];
      world = await startRealWorld(at, "--only", "slack,github", ...layer);
      guide = await openGuide(at, world.sandbox, work, { domain: DOMAIN, further: trustInAcme });
    }, 180_000);

    afterAll(async () => {
      await guide?.close();
      for (const name of ["slipway", ...NAMES, "fourth"]) await at?.testbed("dns", "unset", `${name}.${DOMAIN}`);
      // The bot first, which would make anew what is gone.
      if (at) await wipe(at);
      await at?.kubectl("delete", "namespace", ELSEWHERE, "--ignore-not-found", "--timeout=90s");
      await at?.kubectl("delete", "namespace", ...NAMES, "fourth", "--ignore-not-found", "--timeout=90s");
      await leaveOutside?.();
      await world?.sandbox.close();
      if (work) await rm(work, { recursive: true, force: true });
    }, 180_000);

    const slipway = (...args: string[]) => at.kubectl("-n", place, ...args);
    const pods = async () =>
      (await slipway("get", "pods", "-l", "app.kubernetes.io/name=slipway", "-o", "name")).trim().split("\n");
    const page = (name: string) => at.outside("curl", "-sS", "--cacert", root ?? "", `https://${name}.${DOMAIN}/hello`);
    const live = (name: string) =>
      until(150, `${name} live`, () => {
        const [first = ""] = world.thread(name)[0] ?? [];
        if (first.includes("failed")) throw new Error(world.thread(name).flat().join("\n"));
        return first.includes("· live ·");
      }).catch((error: Error) => {
        throw new Error(`${error.message}\n${world.thread(name).flat().join("\n")}`);
      });
    const launch = async (name: string) => {
      await world.say(`/project create ${name}`);
      await until(30, "the launch's thread", () => world.thread(name).length > 0).catch((error: Error) => {
        throw new Error(`${error.message}; the answer was:\n${world.whispers.join("\n")}`);
      });
    };
    const rootsOf = (name: string) =>
      world.sandbox.slack.workspace
        .messages("launches")
        .filter(({ thread_ts, ts }) => thread_ts === undefined || thread_ts === ts)
        .filter((message) => messageLines(message)[0]?.includes(`${name} · `));
    const repositories = () => world.sandbox.github.overview().repositories.map(({ fullName }) => fullName);

    /** No machine trusts the testbed's ACME server; the bot looks at https URLs itself. */
    async function trustInAcme() {
      const file = `--from-file=acme-root.crt=${root}`;
      await slipway("create", "configmap", "slipway-files", file);
      // Those that wait for the Secret have the volume as it was: without the file, which Node reads once.
      await slipway("delete", "pods", "-l", "app.kubernetes.io/name=slipway");
      return { NODE_EXTRA_CA_CERTS: "/etc/slipway/acme-root.crt" };
    }

    test("leads from a cluster to /project create and a page over https", async () => {
      await guide.follow("1. The cluster");
      await guide.told("a record `*.example.com` with the machine's address", async () => {
        for (const name of [...NAMES, "fourth"]) await at.testbed("dns", "set", `${name}.${DOMAIN}`, at.node);
      });
      await guide.install();
      expect(await pods()).toHaveLength(2);
      await guide.told("Now, in the channel: `/project create rrr`.", () => launch("rrr"));
      await live("rrr");
      expect(await page("rrr")).toContain("/hello");
    });

    test("upgrades pod by pod while a launch is under way", async () => {
      await guide.change("manifests/base/crd.yaml", withLaterFields);
      world.sandbox.github.control.slowNextBuild(40);
      await launch("second");
      const seen = watchAvailable();
      await guide.follow("Upgrade");
      expect(world.thread("second")[0]?.[0]).toContain("· launching ·");
      await seen.stop();
      expect(seen.least()).toBe(2);
      expect(await imageWanted()).toMatch(/^ghcr\.io\/acme\/slipway:0\.2\.\d+$/);
    });

    test("goes back pod by pod, that launch goes on, and what only the newer version knows is kept", async () => {
      await slipway("patch", "project", "second", "--type=merge", "-p", '{"spec":{"later":"kept"}}');
      const later = '[{"op":"add","path":"/spec/environments/0/later","value":"kept"}]';
      await slipway("patch", "project", "second", "--type=json", "-p", later);
      await slipway("patch", "project", "second", "--subresource=status", "--type=merge", "-p", LATER_STATUS);
      const before = await pods();
      const seen = watchAvailable();
      await guide.follow("Going back");
      await seen.stop();
      expect(seen.least()).toBe(2);
      expect(await imageWanted()).toMatch(/^ghcr\.io\/acme\/slipway:0\.1\.\d+$/);
      world.sandbox.world.clock.setSpeed(1000);
      await until(60, "the other pods' end", async () => (await pods()).every((pod) => !before.includes(pod)));
      const image = await slipway("get", "pods", "-o", "jsonpath={.items[*].spec.containers[*].image}");
      expect(image).toMatch(/^ghcr\.io\/acme\/slipway:0\.1\.\d+ ghcr\.io\/acme\/slipway:0\.1\.\d+$/);
      await live("second");
      expect(repositories()).toEqual(["acme/rrr", "acme/second"]);
      for (const name of ["rrr", "second"]) {
        expect(rootsOf(name)).toHaveLength(1);
        const said = world.thread(name).map(([first]) => first);
        expect(said.filter((line, index) => said.indexOf(line) !== index)).toEqual([]);
      }
      const { spec, status } = JSON.parse(await slipway("get", "project", "second", "-o", "json"));
      expect(spec).toMatchObject({ later: "kept", environments: [{ later: "kept" }] });
      expect(status).toMatchObject({ later: "kept" });
    });

    const imageWanted = () =>
      slipway("get", "deployment", "slipway", "-o", "jsonpath={.spec.template.spec.containers[0].image}");

    test("undone by kubectl, the next apply says whose the image is, as the guide warns", async () => {
      await slipway("rollout", "undo", "deployment/slipway");
      const apply = "kubectl apply --server-side -k manifests";
      await guide.told("the next `apply` stops at a conflict with `kubectl`", () =>
        expect(guide.run(apply)).rejects.toThrow(/conflict with "kubectl"/),
      );
      const forced = "kubectl apply --server-side --force-conflicts -k manifests";
      await guide.told(`\`${forced}\` ends that`, () => guide.run(forced));
      await guide.run("kubectl -n slipway-system rollout status deployment/slipway");
      expect(await guide.run(apply)).toContain("deployment.apps/slipway serverside-applied");
    });

    /** How many pods are there for people, from now on. */
    function watchAvailable() {
      const column = "jsonpath={.status.availableReplicas}{'\\n'}";
      const child = spawn("kubectl", ["-n", "slipway-system", "get", "deployment", "slipway", "-w", "-o", column]);
      const counts: number[] = [];
      const lines = createInterface({ input: child.stdout }).on("line", (line) => counts.push(Number(line)));
      return {
        least: () => Math.min(...counts),
        async stop() {
          const ended = new Promise((resolve) => lines.once("close", resolve));
          child.kill();
          await ended;
        },
      };
    }

    test("given a host of its own, the bot is called there: by Slack for a form, a button and a mention, and by GitHub", async () => {
      leaveOutside = lookOutside({ domain: DOMAIN, dns, root: root ?? "" });
      const { slack, environment, github } = world.sandbox;
      await guide.told("Make a DNS record for it", () => at.testbed("dns", "set", BOT_HOST, at.node));
      await guide.told("put its name into", () =>
        guide.change("manifests/overlays/http/ingress.yaml", (text) =>
          text.replaceAll("slipway.example.com", BOT_HOST),
        ),
      );
      const { GITHUB_WEBHOOK_SECRET } = environment;
      await guide.told(
        "set `PUBLIC_URL=https://slipway.example.com`, and `GITHUB_WEBHOOK_SECRET` to a long random text",
        () => guide.fill({ PUBLIC_URL: `https://${BOT_HOST}`, GITHUB_WEBHOOK_SECRET }),
      );
      await guide.told(
        "also set `SLACK_SIGNING_SECRET`, which is under *Basic Information*, and remove `SLACK_APP_TOKEN`",
        () => guide.fill({ SLACK_SIGNING_SECRET: slack.signingSecret, SLACK_APP_TOKEN: undefined }),
      );
      await guide.follow("A host of the bot's own");
      await guide.follow("A change of the configuration");
      await guide.told("Once the bot answers there", () =>
        until(90, "an answer to what Slack has not signed", () =>
          fetch(`https://${BOT_HOST}/slack/events`, { method: "POST" }).then(
            ({ status }) => status === 401,
            () => false,
          ),
        ),
      );
      await guide.told("change the app in Slack to HTTP", () =>
        slack.workspace.deliverTo(`https://${BOT_HOST}/slack/events`),
      );
      await until(40, "the end of the pods that had a socket", () => slack.workspace.connections() === 0);

      expect(await world.fill("/project create", "third")).toEqual({});
      await until(30, "the launch's thread", () => world.thread("third").length > 0);
      await world.press("third", "cancel");
      await until(30, "the end of it", () => world.thread("third")[0]?.[0]?.includes("cancelled"));
      await world.press("third", "retry");
      await live("third");
      expect(rootsOf("third")).toHaveLength(1);
      await world.mention("third", "status");
      await until(20, "the answer", () => world.whispers.at(-1)?.includes("third"));
      world.whispers.length = 0;
      await world.say("/project doctor");
      await until(20, "the doctor", () => world.whispers.join("\n").includes("by HTTP, which Slipway cannot check"));
      const hooks = github.overview().repositories.find(({ fullName }) => fullName === "acme/third")?.hooks;
      expect(hooks).toEqual([
        expect.objectContaining({ url: `https://${BOT_HOST}/github/webhooks`, lastStatus: "active" }),
      ]);
    });

    test("uninstalled, nothing of the teams' is lost, and what they push is applied once Flux is given the branch", async () => {
      const before = await objectsIn(at, "rrr");
      expect(Object.keys(before).length).toBeGreaterThan(10);
      await guide.follow("Uninstall");
      await slipway("wait", "--for=delete", "pod", "-l", "app.kubernetes.io/name=slipway", "--timeout=60s");
      expect(await objectsIn(at, "rrr")).toEqual(before);
      expect(await page("rrr")).toContain("/hello");
      await world.push("rrr", work, "Say more", async (clone) => {
        const file = join(clone, "k8s/base/config.yaml");
        await writeFile(file, "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: more }\n");
        const kustomization = join(clone, "k8s/base/kustomization.yaml");
        const text = await readFile(kustomization, "utf8");
        await writeFile(kustomization, text.replace("resources:\n", "resources:\n  - config.yaml\n"));
      });
      await guide.follow("A project without Slipway");
      await until(150, "what was pushed", async () => {
        const name = await at.kubectl("-n", "rrr", "get", "configmap", "more", "--ignore-not-found", "-o", "name");
        return name !== "";
      });
      expect(await page("rrr")).toContain("/hello");
    });

    test("what is left of the bot is what the guide says", async () => {
      const ours = await at.kubectl(
        ...["get", "clusterroles,clusterrolebindings,validatingadmissionpolicies,validatingadmissionpolicybindings"],
        ...["-l", "app.kubernetes.io/part-of=slipway", "-o", "name"],
      );
      expect(ours.trim()).toBe("clusterrole.rbac.authorization.k8s.io/slipway-project");
      const left = Object.keys(await objectsIn(at, "slipway-system")).filter(
        (each) => !/ (default|kube-root-ca.crt)$/.test(each),
      );
      expect(left.sort()).toEqual(["ConfigMap slipway-files", ...NAMES.map((name) => `Project ${name}`)]);
    });

    test("installed again, the bot takes up where it was", async () => {
      await slipway("delete", "configmap", "slipway-files");
      const before = await objectsIn(at, "second");
      await world.sandbox.slack.workspace.deliverTo(undefined);
      await guide.follow("5. The bot");
      // At once, and not only when the clock says that all are to be looked at.
      await until(60, "the deploy of what was pushed", () => world.thread("Say more")[0]?.[0]?.includes("· live ·"));
      expect(repositories()).toEqual(NAMES.map((name) => `acme/${name}`));
      const speaksOfThePush = (name: string) =>
        rootsOf(name).map((message) => messageLines(message).some((line) => line.includes("Say more")));
      expect(NAMES.map(speaksOfThePush)).toEqual([[false, true], [false], [false]]);
      const after = await objectsIn(at, "second");
      const uids = (objects: typeof before) => Object.entries(objects).map(([name, { uid }]) => `${name} ${uid}`);
      expect(uids(after)).toEqual(uids(before));
    });

    test("forgotten, the projects go on", async () => {
      const before = await objectsIn(at, "rrr");
      await guide.follow("Uninstall");
      await guide.follow("Forget what was launched");
      expect(await objectsIn(at, "rrr")).toEqual(before);
      expect(await page("rrr")).toContain("/hello");
      const record = await readFile(join(guide.clone, "projects.yaml"), "utf8");
      for (const name of NAMES) expect(record).toMatch(new RegExp(`^    name: ${name}$`, "m"));
      const kinds = await at.kubectl("api-resources", "--api-group=slipway.dev", "-o", "name");
      expect(kinds).toBe("");
    });

    test("installed in another namespace, from a private image by its digest, the bot launches there as elsewhere", async () => {
      await wipe(at);
      place = ELSEWHERE;
      guide.moveTo(place);
      await guide.follow("Another namespace");
      const digest = await privateImage();
      await guide.told("With `digest: sha256:…` in place of `newTag`", () =>
        guide.change("manifests/kustomization.yaml", (text) =>
          text
            .replace("newName: ghcr.io/acme/slipway", "newName: ghcr.io/acme/launcher")
            .replace(/newTag: \S+/, `digest: ${digest}`),
        ),
      );
      await guide.told("in a file outside of the repository", () =>
        writeFile(join(work, "read-packages"), world.sandbox.github.token),
      );
      await guide.follow("A private image");
      await guide.follow("5. The bot");
      expect(await imageWanted()).toBe(`ghcr.io/acme/launcher@${digest}`);
      await launch("fourth");
      await live("fourth");
      expect(await slipway("get", "projects,leases", "-o", "name")).toBe(
        "project.slipway.dev/fourth\nlease.coordination.k8s.io/slipway\n",
      );
    });

    test("there the API server holds it to the namespaces of its projects likewise", async () => {
      const bot = `--as=system:serviceaccount:${ELSEWHERE}:slipway`;
      const secret = ["create", "secret", "generic", "stray", "--from-literal=a=b", "--dry-run=server"];
      expect(await at.kubectl(bot, "-n", "fourth", ...secret)).toContain("created");
      for (const namespace of ["default", ELSEWHERE])
        await expect(at.kubectl(bot, "-n", namespace, ...secret)).rejects.toThrow(
          "only in the namespaces of its projects",
        );
      world.whispers.length = 0;
      await world.say(`/project create ${ELSEWHERE}`);
      await until(20, "a refusal", () => world.whispers.join().includes(`has a namespace ${ELSEWHERE} that`));
    });

    /** The bot's image under a name of its own, which nobody may pull without credentials, and which no node has pulled. */
    async function privateImage() {
      const { registryUrl } = world.sandbox.github;
      const image = `${new URL(registryUrl).host}/acme/launcher:1`;
      const tags = await guide.run(`crane --insecure ls ${new URL(registryUrl).host}/acme/slipway`);
      const from = `${new URL(registryUrl).host}/acme/slipway:${tags.find((tag) => tag.startsWith("0.1."))}`;
      await guide.run(`crane --insecure mutate ${from} --label of=launches --tag ${image}`);
      await expect(at.crane("digest", image)).rejects.toThrow(/UNAUTHORIZED|DENIED/);
      return (await guide.run(`crane --insecure digest ${image}`)).join("").trim();
    }

    test("has nothing else for its reader to do", () => {
      expect(guide.unread()).toEqual([]);
      expect(guide.idle()).toEqual([]);
    });
  },
);

/** The definition of a version that has further fields. */
function withLaterFields(definition: string): string {
  const document = parseDocument(definition);
  const fields = ["spec", "versions", 0, "schema", "openAPIV3Schema", "properties"];
  for (const path of [["spec"], ["spec", "properties", "environments", "items"], ["status"]])
    document.setIn([...fields, ...path, "properties", "later"], { type: "string" });
  return document.toString();
}
