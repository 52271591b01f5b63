import { CLUSTER_FAULTS, FAULTS } from "../../cluster/faults/index.ts";
import { startLiving } from "../../cluster/faults/start-living.ts";
import { tellFault } from "../../cluster/faults/tell-fault.ts";
import { testbed, WITHOUT } from "../../cluster/testbed.ts";

// How long after a fault of a living project its thread tells it, on a real cluster: one fault at a time, each once.

const at = testbed();
if (!at) throw new Error(WITHOUT);
const living = await startLiving(at);
// The bot is a process of its own, and would go on.
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void living.close().finally(() => process.exit(1)));

try {
  process.stdout.write("| fault | told after | aim | over, told after |\n| --- | ---: | ---: | ---: |\n");
  for (const fault of [...FAULTS, ...CLUSTER_FAULTS]) {
    const of = await living.live(FAULTS.includes(fault) ? fault.name : "steady");
    const { seconds, over } = await tellFault(fault, of);
    const figures = [`${seconds.toFixed(1)} s`, `${fault.within} s`, `${over.toFixed(1)} s`];
    process.stdout.write(`| ${[fault.name, ...figures].join(" | ")} |\n`);
  }
} finally {
  await living.close();
}
process.exit(0);
