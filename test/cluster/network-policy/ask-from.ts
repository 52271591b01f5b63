import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { processOf } from "../process-of.ts";
import type { Testbed } from "../testbed.ts";

const run = promisify(execFile);

/** A pod in a namespace, and what it gets from addresses: the status of the answer, or undefined where it cannot connect. */
export async function askFrom(at: Testbed, namespace: string) {
  const name = `asks-from-${namespace}`;
  const image = ["--image=docker.io/testbed/app:1", `--env=POD_NAME=${name}`];
  await at.kubectl("-n", namespace, "run", name, ...image);
  await at.kubectl("-n", namespace, "wait", "--for=condition=Ready", `pod/${name}`, "--timeout=60s");
  const pid = await processOf(name);
  const address = await at.kubectl("-n", namespace, "get", "pod", name, "-o", "jsonpath={.status.podIP}");
  return {
    /** Where it answers itself. */
    address: `http://${address}:3000/`,
    /** Within the pod's network: its image has nothing that asks. */
    async status(url: string): Promise<number | undefined> {
      const curl = ["curl", "-sS", "-m", "3", "-o", "/dev/null", "-w", "%{http_code}", url];
      return run("nsenter", ["--target", String(pid), "--net", ...curl]).then(
        ({ stdout }) => Number(stdout),
        () => undefined,
      );
    },
    close: () =>
      at.kubectl("-n", namespace, "delete", "pod", name, "--ignore-not-found", "--grace-period=0", "--force"),
  };
}
