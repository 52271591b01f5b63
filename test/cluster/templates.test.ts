import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { letProjectsGo } from "./let-projects-go.ts";
import { objectsOf } from "./objects-of.ts";
import { type RealWorld, startRealWorld } from "./start-real-world.ts";
import { type Testbed, testbed, WITHOUT } from "./testbed.ts";
import { until } from "./until.ts";

const found = testbed();
const pods = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ deletionTimestamp: z.string().optional() }),
      // Not the status's image: of two tags of one image the kubelet may name either there.
      spec: z.object({ containers: z.array(z.object({ image: z.string() })) }),
      status: z.object({
        containerStatuses: z.array(z.object({ ready: z.boolean(), restartCount: z.number() })).default([]),
      }),
    }),
  ),
});
const root = process.env.TESTBED_ACME_ROOT;
const DOMAIN = "rrr.test";

/** What only the template's own application says. */
const PAGES = [
  { template: "node-service", name: "shop", page: '{"message":"Hello from shop!"}' },
  { template: "static-site", name: "pages", page: "<h1>pages</h1>" },
  { template: "nextjs", name: "front", page: "<h1>front</h1>" },
] as const;

describe.skipIf(!found || !root)(
  found && root ? "the templates, built and served for real" : `the templates, built and served for real: ${WITHOUT}`,
  () => {
    let at: Testbed;
    let world: RealWorld;
    let work: string;
    let before: string[];
    const said = new Set<string>();

    beforeAll(async () => {
      if (!found) return;
      at = found;
      work = await mkdtemp(join(tmpdir(), "slipway-templates-"));
      for (const { name } of PAGES) await at.testbed("dns", "set", `${name}.${DOMAIN}`, at.node);
      // The bot looks at https URLs itself, and trusts what its machine trusts.
      process.env.NODE_EXTRA_CA_CERTS = root;
      world = await startRealWorld(at, "--domain", DOMAIN, "--build", `${at.program} bake`);
      before = await objectsOf(at);
    });

    afterAll(async () => {
      await world?.sandbox.close();
      if (at) await letProjectsGo(at);
      for (const { name } of PAGES) {
        await at?.testbed("dns", "unset", `${name}.${DOMAIN}`);
        await at?.kubectl("-n", "slipway-system", "delete", "project", name, "--ignore-not-found");
        await at?.kubectl("delete", "namespace", name, "--ignore-not-found", "--timeout=60s");
      }
      if (work) await rm(work, { recursive: true, force: true });
    });

    const get = (name: string) => at.outside("curl", "-sS", "--cacert", root ?? "", `https://${name}.${DOMAIN}`);
    /** What runs of the application; the ACME solver's are cert-manager's. */
    const runningIn = async (name: string) => {
      const { items } = pods.parse(JSON.parse(await at.kubectl("-n", name, "get", "pods", "-o", "json")));
      return items
        .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
        .map(({ spec, status }) => ({ image: spec.containers[0]?.image, ...status.containerStatuses[0] }))
        .filter(({ image }) => image?.startsWith("ghcr.io/"));
    };

    // On a new machine a template's base images are made first, of packages that are fetched: minutes of its build.
    const patience = { timeout: 600_000 };
    test.for(PAGES)("$template is live at an https URL that shows its own page", patience, async (given) => {
      const { template, name, page } = given;
      await world.say(`/project create ${name} template=${template}`);
      await until(540, `${name} live`, () => {
        const lines = world.thread(name)[0] ?? [];
        for (const line of lines) said.add(`${name}: ${line}`);
        if (lines[0]?.includes("failed")) throw new Error(world.thread(name).flat().join("\n"));
        return lines[0]?.includes("· live ·");
      });
      expect(await get(name)).toContain(page);
      expect(await runningIn(name)).toEqual([
        {
          image: expect.stringMatching(new RegExp(`^ghcr\\.io/acme/${name}:[0-9a-f]{12}$`)),
          ready: true,
          restartCount: 0,
        },
      ]);
      await until(10, "the last milestone", () =>
        world.text().includes(`${name} is live at https://${name}.${DOMAIN}`),
      );
      const certificate = JSON.parse(await at.kubectl("-n", name, "get", "certificate", "-o", "json")).items[0];
      expect(certificate.status.conditions).toContainEqual(expect.objectContaining({ type: "Ready", status: "True" }));
    });

    test("a launch says that it waits for the certificate, while it does", () => {
      // Not each has to: the certificate may be there before the pods are.
      expect([...said]).toContainEqual(expect.stringMatching(/◐ Certificate .*letsencrypt-prod: .*(order|challenge)/));
    });

    test("a push is built and rolled out, and editing the Project rolls it back", async () => {
      const [first] = await runningIn("shop");
      const sha = await world.push("shop", work, "Say goodbye", async (clone) => {
        const file = join(clone, "src/create-server.ts");
        await writeFile(file, (await readFile(file, "utf8")).replace("Hello from", "Goodbye from"));
      });
      await until(150, "the new page", async () => (await get("shop")).includes("Goodbye from shop!"));
      await until(60, "the old pod's end", async () => (await runningIn("shop")).length === 1);
      expect(await runningIn("shop")).toEqual([
        { image: `ghcr.io/acme/shop:${sha.slice(0, 12)}`, ready: true, restartCount: 0 },
      ]);
      await until(60, "the deploy's thread", () => world.thread("Say goodbye")[0]?.[0]?.includes("· live ·"));

      const patch = [{ op: "add", path: "/spec/environments/0/tag", value: first?.image?.split(":").at(-1) }];
      const project = ["-n", "slipway-system", "patch", "project", "shop", "--type=json"];
      await at.kubectl(...project, "-p", JSON.stringify(patch));
      // First the pods: one of before the push that is on its way out still answers for a moment.
      await until(120, "the old tag, and no other", async () =>
        (await runningIn("shop")).every(({ image, ready }) => image === first?.image && ready),
      );
      expect(await runningIn("shop")).toEqual([first]);
      await until(30, "the old page", async () => (await get("shop")).includes("Hello from shop!"));
    });

    test("deleted, nothing is left but what was there before", async () => {
      for (const { name } of PAGES) await world.remove(name);
      // What others had left behind when this began may have gone meanwhile.
      const left = (await objectsOf(at)).filter((object) => !before.includes(object));
      expect(left).toEqual([]);
      expect(world.sandbox.github.overview().repositories).toEqual([]);
    });
  },
);
