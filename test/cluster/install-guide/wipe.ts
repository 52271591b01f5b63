import type { Testbed } from "../testbed.ts";

/** A cluster without Slipway, as a guide to its installation finds it. */
export async function wipe(at: Testbed): Promise<void> {
  // The overlay with an Ingress has all that the other one has.
  await at.kubectl("delete", "-k", "manifests/overlays/http", "--ignore-not-found", "--timeout=90s");
}
