import { setTimeout as sleep } from "node:timers/promises";
import { pathOf } from "../../../src/cluster/path-of.ts";
import type { ApiServer } from "../start-api-server.ts";
import type { Call } from "./load-projects.ts";
import { median } from "./median.ts";
import type { ProcessUse } from "./process-use.ts";
import { startBot } from "./start-bot.ts";
import { startOutside } from "./start-outside.ts";

const SETTLE_MS = 5_000;
const LEASE_SECONDS = 24 * 60 * 60;

export interface StandbyUse {
  readySeconds: number;
  settled: ProcessUse;
}

/** The whole bot beside another that leads: it watches and is ready, and looks at no project. */
export async function measureStandby(
  server: ApiServer,
  call: Call,
  given: { repetitions: number; say: (line: string) => void },
): Promise<StandbyUse> {
  const outside = await startOutside(server);
  const now = new Date().toISOString().replace("Z", "000Z");
  const path = pathOf("Lease", "slipway-system");
  try {
    // A bot that led in the same run has left its own.
    await call("DELETE", `${path}/slipway`).catch(() => {});
    await call("POST", path, {
      apiVersion: "coordination.k8s.io/v1",
      kind: "Lease",
      metadata: { name: "slipway", namespace: "slipway-system" },
      spec: { holderIdentity: "bench", leaseDurationSeconds: LEASE_SECONDS, acquireTime: now, renewTime: now },
    });
    const all: StandbyUse[] = [];
    for (let repetition = 0; repetition < given.repetitions; repetition += 1) {
      const bot = await startBot(outside.environment);
      try {
        await sleep(SETTLE_MS);
        all.push({ readySeconds: bot.readySeconds, settled: bot.use() });
        given.say(`standing by: ${JSON.stringify(all.at(-1))}`);
      } finally {
        await bot.end();
      }
    }
    const of = (field: keyof ProcessUse) => median(all.map(({ settled }) => settled[field]));
    return {
      readySeconds: median(all.map(({ readySeconds }) => readySeconds)),
      settled: {
        rssMb: of("rssMb"),
        anonymousMb: of("anonymousMb"),
        peakMb: of("peakMb"),
        cpuSeconds: of("cpuSeconds"),
      },
    };
  } finally {
    await call("DELETE", `${path}/slipway`).catch(() => {});
    await outside.close();
  }
}
