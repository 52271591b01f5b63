import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
/** The testbed's outside, as its README gives it. */
const OUTSIDE = "198.18.255.2";
const PORT = 7480;

/** `slipway vantage` on the far side of the firewall. Its network has no public addresses, so private ones are allowed. */
export async function startOutsideVantage(
  program: string,
  secret: string,
): Promise<{ url: string; close(): Promise<void> }> {
  const child = spawn(program, ["outside", process.execPath, MAIN, "vantage"], {
    env: {
      ...process.env,
      VANTAGE_SECRET: secret,
      VANTAGE_PORTS: "80,443",
      VANTAGE_ALLOW_PRIVATE: "true",
      HOST: OUTSIDE,
      PORT: String(PORT),
    },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  createInterface(child.stdout).on("line", () => {});
  const url = `http://${OUTSIDE}:${PORT}`;
  const limit = Date.now() + 20_000;
  while (
    !(await fetch(`${url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null || Date.now() > limit) throw new Error("the outside vantage did not start");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return {
    url,
    async close() {
      const gone = once(child, "exit");
      // Of the group: the testbed's shell and the agent in it.
      if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
      await gone;
    },
  };
}
