import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Testbed } from "../testbed.ts";

const run = promisify(execFile);
const HERE = fileURLToPath(new URL("./", import.meta.url));
const NODE = "testbed";
const SERVICES = "198.19.0.0/24";

/** The testbed's network knows no NetworkPolicies: from now on they hold, by the controller that k3s has. Gives what ends that. */
export async function enforcePolicies(at: Testbed, work: string): Promise<() => Promise<void>> {
  const program = join(work, "enforce");
  // As the testbed builds, so that what both need is compiled once.
  const built = ["build", "-trimpath", "-ldflags", "-s -w", "-o", program, "."];
  await run("go", built, { cwd: HERE, env: { ...process.env, CGO_ENABLED: "0" } });
  await run("ipset", ["--version"]).catch(() =>
    run("sh", ["-c", "apt-get update -qq && apt-get install -y -qq ipset"]),
  );

  const args = ["--kubeconfig", at.kubeconfig, "--node", NODE, "--services", SERVICES];
  const child = spawn(program, args, { stdio: ["pipe", "ignore", "pipe"] });
  const ended = once(child, "exit");
  const said = text(child.stderr);
  return async () => {
    // It has died, if there is a code before it was told to end: what was seen of policies was luck.
    const died = child.exitCode;
    child.stdin.end();
    await ended;
    if (died !== null || child.exitCode !== 0) throw new Error(`policies were not enforced to the end:\n${await said}`);
  };
}
