import type { Answer } from "../call.ts";

/** The release that the emulator was compared with (the testbed's). */
export function version(): Answer {
  return {
    status: 200,
    body: {
      major: "1",
      minor: "34",
      gitVersion: "v1.34.4+sandbox",
      gitCommit: "",
      gitTreeState: "clean",
      buildDate: "2026-01-01T00:00:00Z",
      goVersion: "",
      compiler: "node",
      platform: "linux/amd64",
    },
  };
}
