import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Testbed } from "../testbed.ts";

const OVERLAY = "test/cluster/installed";
/** What the pods have from the manifests, or do not need. */
const OTHERS = ["KUBECONFIG", "HOST", "PORT", "METRICS_PORT", "POD_NAME", "PUBLIC_URL"];

/** As docs/install.md says: the manifests, the Secret, and waiting until both pods are ready. */
export async function install(at: Testbed, environment: Record<string, string>, work: string) {
  const slipway = (...args: string[]) => at.kubectl("-n", "slipway-system", ...args);
  await at.testbed("bake", ".", `${at.registry}/slipway-dev/slipway:dev`);
  await uninstall(at);
  await at.kubectl("apply", "--server-side", "--force-conflicts", "-k", OVERLAY);
  const address = await slipway("get", "service", "slipway", "-o", "jsonpath={.spec.clusterIP}");
  const file = join(work, "slipway.env");
  await writeFile(file, lines({ ...environment, PUBLIC_URL: `http://${address}` }, at.node), { mode: 0o600 });
  await slipway("create", "secret", "generic", "slipway", `--from-env-file=${file}`);
  // The pods have been waiting for it.
  await slipway("rollout", "status", "deployment/slipway", "--timeout=120s");
}

/** What the sandbox applied for itself stays; the pods go. */
export async function uninstall(at: Testbed) {
  const kinds = "deployment,service,poddisruptionbudget,networkpolicy,secret";
  const slipway = (...args: string[]) => at.kubectl("-n", "slipway-system", ...args);
  await slipway("delete", kinds, "slipway", "--ignore-not-found", "--timeout=60s");
  await slipway("wait", "--for=delete", "pod", "-l", "app.kubernetes.io/name=slipway", "--timeout=60s");
  // Last: a pod that ends writes to it once more.
  await slipway("delete", "lease", "slipway", "--ignore-not-found");
}

/** One variable a line: the key in base64, and this machine by the name under which pods know it. */
function lines(environment: Record<string, string>, node: string): string {
  return Object.entries(environment)
    .filter(([name]) => name === "PUBLIC_URL" || !OTHERS.includes(name))
    .map(([name, value]) => {
      const given = value.includes("-----BEGIN") ? Buffer.from(value).toString("base64") : value;
      return `${name}=${given.replace("//127.0.0.1:", `//${node}:`)}\n`;
    })
    .join("");
}
