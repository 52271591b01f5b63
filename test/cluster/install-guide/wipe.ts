import type { Testbed } from "../testbed.ts";

/** A cluster without Slipway, as a guide to its installation finds it. */
export async function wipe(at: Testbed): Promise<void> {
  for (const overlay of ["manifests/overlays/socket-mode", "manifests/overlays/http"])
    await at.kubectl("delete", "-k", overlay, "--ignore-not-found", "--timeout=90s");
}
