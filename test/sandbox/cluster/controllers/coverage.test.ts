import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { controllerCoverage } from "../../../../src/sandbox/cluster/controllers/coverage.ts";
import { startControllers } from "../../../../src/sandbox/cluster/controllers/start-controllers.ts";
import { createStore } from "../../../../src/sandbox/cluster/create-store.ts";
import { createWorld } from "../../../../src/sandbox/shared/create-world.ts";

test("the coverage table names exactly the control loops that run", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "slipway-controllers-"));
  const world = createWorld({});
  const store = createStore({ world });
  const controllers = await startControllers({ store, world, mirrors: {}, routePort: 0, host: "127.0.0.1", dataDir });
  try {
    const covered = Object.keys(controllerCoverage).filter((name) => controllerCoverage[name] !== "not");
    expect(covered.toSorted()).toEqual(controllers.names.toSorted());
  } finally {
    await controllers.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});
