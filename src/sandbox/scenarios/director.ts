import { UsageError } from "../read-flags.ts";
import { scenarios } from "./index.ts";
import type { Setting } from "./scenario.ts";

export interface Director {
  active(name: string): boolean;
  start(name: string): Promise<void>;
  stop(name: string): Promise<void>;
}

/** Starts and stops scenarios, and knows which are on. */
export function createDirector(settingNow: () => Setting): Director {
  const active = new Set<string>();
  return {
    active: (name) => active.has(name) && scenarioOf(name).isOver?.(settingNow()) !== true,
    async start(name) {
      const scenario = scenarioOf(name);
      const setting = settingNow();
      if (scenario.simulatedOnly && !setting.cluster.simulated)
        throw new UsageError(`${name} is of the simulated cluster; on a real one, make it happen for real`);
      await scenario.start(setting);
      active.add(name);
    },
    async stop(name) {
      await scenarioOf(name).stop(settingNow());
      active.delete(name);
    },
  };
}

function scenarioOf(name: string) {
  const scenario = scenarios.find((each) => each.name === name);
  if (scenario) return scenario;
  throw new UsageError(`no scenario is called ${name}; there are: ${scenarios.map((each) => each.name).join(", ")}`);
}
