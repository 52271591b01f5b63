import type { Scenario } from "./scenario.ts";

export const pullTokenExpired: Scenario = {
  name: "pull-token-expired",
  title: "The registry's pull token has expired",
  description: "The registry answers 401 to the token in the pull secrets.",
  simulatedOnly: false,
  start: ({ github }) => github.control.expirePullToken(),
  stop: ({ github }) => github.control.restorePullToken(),
};
