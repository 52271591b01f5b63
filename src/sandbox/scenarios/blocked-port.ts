import type { Scenario } from "./scenario.ts";

export const blockedPort: Scenario = {
  name: "blocked-port",
  title: "A port is blocked from outside",
  description: "The cloud's firewall drops TCP 80; from inside everything answers.",
  simulatedOnly: true,
  start: ({ cluster }) => cluster.simulated?.control.blockPort(80),
  stop: ({ cluster }) => cluster.simulated?.control.openPort(80),
};
