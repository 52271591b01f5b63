import { letProjectsGo } from "../let-projects-go.ts";
import type { Testbed } from "../testbed.ts";

/** A cluster without Slipway, as a guide to its installation finds it. */
export async function wipe(at: Testbed): Promise<void> {
  // The bot first: it would hold its Projects, and is not there to let them go while its namespace goes.
  await at.kubectl("delete", "deployment", "--all-namespaces", "-l", "app.kubernetes.io/name=slipway", "--wait=true");
  await letProjectsGo(at);
  // The overlay with an Ingress has all that the other one has.
  await at.kubectl("delete", "-k", "manifests/overlays/http", "--ignore-not-found", "--timeout=90s");
}
