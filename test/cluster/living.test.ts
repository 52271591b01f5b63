import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CLUSTER_FAULTS, FAULTS } from "./faults/index.ts";
import { tellFault } from "./faults/tell-fault.ts";
import { startOutsideVantage } from "./start-outside-vantage.ts";
import { type RealWorld, startRealWorld } from "./start-real-world.ts";
import { type Testbed, testbed, WITHOUT } from "./testbed.ts";
import { until } from "./until.ts";

const found = testbed();
const SECRET = "a-secret-for-the-outside-vantage";
/** What all of them share is broken for one that nothing else is wrong with. */
const WELL = "steady";
const NAMES = [WELL, ...FAULTS.map(({ name }) => name)];

describe.skipIf(!found)(
  found ? "projects that live on a real cluster" : `projects that live on a real cluster: ${WITHOUT}`,
  () => {
    let at: Testbed;
    let world: RealWorld;
    let work: string;
    let vantage: Awaited<ReturnType<typeof startOutsideVantage>>;

    beforeAll(async () => {
      if (!found) return;
      at = found;
      work = await mkdtemp(join(tmpdir(), "slipway-living-"));
      for (const name of NAMES) await at.testbed("dns", "set", `${name}.sandbox.test`, at.node);
      vantage = await startOutsideVantage(at.program, SECRET);
      process.env.VANTAGES = `outside=${vantage.url}`;
      process.env.VANTAGE_SECRET = SECRET;
      world = await startRealWorld(at);
      for (const name of NAMES) await world.say(`/project create ${name} template=node-service`);
      for (const name of NAMES)
        await until(300, `${name} live`, () => world.messagesOf(name)[0]?.lines[0]?.includes("· live"));
    }, 600_000);

    afterAll(async () => {
      for (const port of ["80", "443"]) await at?.testbed("firewall", "open", port);
      for (const name of NAMES)
        await at?.kubectl("-n", "slipway-system", "delete", "project", name, "--ignore-not-found");
      await at?.kubectl("delete", "namespace", ...NAMES, "--ignore-not-found", "--timeout=90s");
      for (const name of NAMES) await at?.testbed("dns", "unset", `${name}.sandbox.test`);
      await world?.sandbox.close();
      await vantage?.close();
      if (work) await rm(work, { recursive: true, force: true });
    });

    describe.concurrent("what goes wrong with one of them is told, once, and its end", () => {
      test.for(FAULTS)("$name", async (fault, { expect }) => {
        const told = await tellFault(fault, { name: fault.name, at, world, work });
        expect(told).toMatchObject({ times: 1, end: expect.stringMatching(fault.told) });
      });
    });

    describe("what goes wrong with all of them is told of each, once, and its end", () => {
      test.for(CLUSTER_FAULTS)("$name", async (fault) => {
        const told = await tellFault(fault, { name: WELL, at, world, work });
        expect(told).toMatchObject({ times: 1, end: expect.stringMatching(fault.told) });
      });
    });
  },
);
