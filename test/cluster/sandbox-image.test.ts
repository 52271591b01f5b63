import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Testbed, testbed, WITHOUT } from "./testbed.ts";
import { until } from "./until.ts";

const found = testbed();
const TAG = String(Date.now());
const POD = "sandbox-image";

describe.skipIf(!found)(found ? "the image with the sandbox" : `the image with the sandbox: ${WITHOUT}`, () => {
  let at: Testbed;
  let work: string;

  beforeAll(async () => {
    if (!found) return;
    at = found;
    work = await mkdtemp(join(tmpdir(), "slipway-sandbox-image-"));
  });
  afterAll(async () => {
    await at?.kubectl("delete", "pod", POD, "--ignore-not-found", "--grace-period=1");
    if (work) await rm(work, { recursive: true, force: true });
  });

  test("is built as the Dockerfile says, and launches a project where nothing else is", async () => {
    // The testbed's stand-in for node:24-bookworm has no git, which the real one has.
    const base = `${at.registry}/library/node-with-git:24`;
    const install = "apt-get update -qq && apt-get install -y -qq --no-install-recommends git";
    await writeFile(join(work, "Dockerfile"), `FROM node:24-bookworm\nRUN ${install}\n`);
    await at.testbed("bake", work, base);
    const image = `slipway-dev/sandbox:${TAG}`;
    const given = ["--build-arg", "WITH_SANDBOX=1", "--build-arg", `RUN_IMAGE=${base}`];
    await at.testbed("bake", ".", `${at.registry}/${image}`, ...given);

    const run = ["node", "src/sandbox/main.ts", "--speed", "40", "--run", "/project create rrr"];
    const how = ["--restart=Never", `--image=docker.io/${image}`, "--command", "--", ...run];
    await at.kubectl("run", POD, ...how);
    const phase = () => at.kubectl("get", "pod", POD, "-o", "jsonpath={.status.phase}");
    await until(120, "the launch's end", async () => ["Succeeded", "Failed"].includes(await phase()));
    const log = await at.kubectl("logs", POD);
    expect(await phase(), log).toBe("Succeeded");
    expect(log).toContain("rrr is live at http://rrr.localhost");
  });
});
