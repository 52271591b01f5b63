import type { Scenario } from "./scenario.ts";

/** As in the field: https://github.com answers everybody but the cluster. */
const ADDRESS = "20.205.243.166:443";

export const fluxTimeout: Scenario = {
  name: "flux-timeout",
  title: "Flux cannot reach GitHub",
  description: "The cluster's connections to GitHub's git time out; everything else works.",
  simulatedOnly: true,
  start: ({ cluster, github }) => cluster.simulated?.control.cutSource(github.serverUrl, ADDRESS),
  stop: ({ cluster, github }) => cluster.simulated?.control.mendSource(github.serverUrl),
};
