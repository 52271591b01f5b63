import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CLUSTER_FAULTS, FAULTS } from "./faults/index.ts";
import { type LivingWorld, startLiving } from "./faults/start-living.ts";
import { tellFault } from "./faults/tell-fault.ts";
import { testbed, WITHOUT } from "./testbed.ts";

const at = testbed();
/** What all of them share is broken for one that nothing else is wrong with. */
const WELL = "steady";

describe.skipIf(!at)(
  at ? "projects that live on a real cluster" : `projects that live on a real cluster: ${WITHOUT}`,
  { timeout: 900_000 },
  () => {
    let living: LivingWorld;

    beforeAll(async () => {
      if (at) living = await startLiving(at);
    });
    afterAll(async () => await living?.close());

    describe.concurrent("what goes wrong with one of them is told, once, and its end", () => {
      test.for(FAULTS)("$name", async (fault, { expect }) => {
        const told = await tellFault(fault, await living.live(fault.name));
        expect(told).toMatchObject({ times: 1, end: expect.stringMatching(fault.told) });
      });
    });

    describe("what goes wrong with all of them is told, once a project, and its end", () => {
      test.for(CLUSTER_FAULTS)("$name", async (fault) => {
        const told = await tellFault(fault, await living.live(WELL));
        expect(told).toMatchObject({ times: 1, end: expect.stringMatching(fault.told) });
      });
    });
  },
);
