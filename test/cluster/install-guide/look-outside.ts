import { lookup } from "node:dns";
import { Resolver } from "node:dns/promises";
import { readFileSync } from "node:fs";
import type { LookupFunction } from "node:net";
import { rootCertificates } from "node:tls";
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from "undici";

/**
 * From now on this process, in which the sandbox's Slack and GitHub run, finds the hosts of a domain in the public DNS and
 * trusts the ACME server's root, as Slack and GitHub do. Gives what ends that.
 */
export function lookOutside(outside: { domain: string; dns: string; root: string }): () => Promise<void> {
  const resolver = new Resolver();
  resolver.setServers([outside.dns]);
  const find: LookupFunction = (host, options, give) => {
    if (!host.endsWith(`.${outside.domain}`)) return lookup(host, options, give);
    resolver.resolve4(host).then(
      (addresses) => {
        const all = addresses.map((address) => ({ address, family: 4 }));
        if (options.all) give(null, all);
        else give(null, all[0]?.address ?? "", 4);
      },
      (error: NodeJS.ErrnoException) => give(error, ""),
    );
  };
  const before = getGlobalDispatcher();
  const agent = new Agent({ connect: { lookup: find, ca: [...rootCertificates, readFileSync(outside.root, "utf8")] } });
  setGlobalDispatcher(agent);
  return async () => {
    setGlobalDispatcher(before);
    await agent.close();
  };
}
