import { isIP } from "node:net";
import type { Site } from "../project/ports/sites.ts";

/** The DNS record that would lead to a site; empty where the cluster does not know an address of its own. */
export function recordOf(site: Site | undefined): { type: string; address: string } {
  const address = site?.address ?? "";
  const family = isIP(address);
  return { address, type: address === "" ? "" : family === 4 ? "A" : family === 6 ? "AAAA" : "CNAME" };
}
