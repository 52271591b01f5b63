import { BlockList, isIP } from "node:net";
import type { ProbeResult } from "../project/ports/probes.ts";
import type { Site } from "../project/ports/sites.ts";

/** Addresses that a router in front translates, so that people know the machine by another one. */
const translated = new BlockList();
for (const [net, prefix] of [
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
] as const)
  translated.addSubnet(net, prefix, "ipv4");
translated.addSubnet("fc00::", 7, "ipv6");

/** DNS led somebody outside to an address that is none of the cluster's, as far as those can be compared. */
export function isElsewhere({ from, target }: ProbeResult, { address, addresses = [] }: Site): boolean {
  if (from === "inside" || target.address === undefined) return false;
  const family = isIP(target.address);
  const own = [...(address === undefined ? [] : [address]), ...addresses].filter((each) => isIP(each) === family);
  if (family === 0 || own.length === 0 || own.some(isTranslated) || isTranslated(target.address)) return false;
  return !own.includes(target.address);
}

function isTranslated(address: string): boolean {
  return translated.check(address, isIP(address) === 4 ? "ipv4" : "ipv6");
}
