import { readdir, readFile } from "node:fs/promises";

/** The bot's process in a pod, as the machine sees it: the testbed's node is this machine. */
export async function processOf(pod: string): Promise<number> {
  const numbers = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  for (const pid of numbers) {
    // A process may end while it is looked at.
    const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
    if (environment.split("\0").includes(`POD_NAME=${pod.replace("pod/", "")}`)) return Number(pid);
  }
  throw new Error(`no process of ${pod} on this machine`);
}
