import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";

const cached = join(homedir(), ".cache/slipway-testbed/bin/kubectl");
const binary = [process.env.KUBECTL, cached, `${homedir()}/.cache/slipway-testbed/bin/kube`].find(
  (path) => path !== undefined && existsSync(path),
);

/** There is no kubectl on this machine; the name of a suite that is skipped for it goes on with why. */
export const withoutKubectl = binary === undefined;
export const whyNoKubectl = withoutKubectl ? " (skipped: no kubectl; name one in KUBECTL)" : "";

/** The vendor's own client, for the running test; gives what it printed, to either stream. */
export async function kubectlOf(kubeconfig: string): Promise<(args: string[], input?: object) => Promise<string>> {
  const directory = await mkdtemp(join(tmpdir(), "kubectl-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const config = join(directory, "config");
  await writeFile(config, kubeconfig);
  const lead = binary?.endsWith("/kube") ? ["kubectl"] : [];
  return async (args, input) => {
    const running = promisify(execFile)(binary ?? "kubectl", [
      ...lead,
      "--kubeconfig",
      config,
      "--cache-dir",
      directory,
      ...args,
    ]);
    running.child.stdin?.end(input === undefined ? "" : JSON.stringify(input));
    const { stdout, stderr } = await running.catch((error: { stdout: string; stderr: string }) => error);
    return stdout + stderr;
  };
}
