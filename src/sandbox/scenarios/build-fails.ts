import type { Scenario } from "./scenario.ts";

export const buildFails: Scenario = {
  name: "build-fails",
  title: "The next build fails",
  description: "The step that builds the image ends with an error, and prints what looks like a token.",
  simulatedOnly: false,
  start: ({ github }) => github.control.failNextBuild(),
  stop: ({ github }) => github.control.spareNextBuild(),
  isOver: ({ github }) => !github.control.nextBuildFails(),
};
