import { afterAll, beforeAll, describe } from "vitest";
import { certificates } from "./controllers/certificates.ts";
import { flux } from "./controllers/flux.ts";
import { kubelet } from "./controllers/kubelet.ts";
import type { Site } from "./controllers/site.ts";
import { traefik } from "./controllers/traefik.ts";
import { workloads } from "./controllers/workloads.ts";

/**
 * What a cluster's controllers say and do, as far as Slipway relies on it: Flux, the kubelet, the workloads', Traefik,
 * cert-manager. The same suite holds the sandbox's and the real ones; whatever differs is a fault
 * of the sandbox's. `skip`: there is no such cluster here, and why.
 */
export function controllers(name: string, open: () => Promise<Site>, skip?: string): void {
  const reason = skip === undefined ? "" : `: ${skip}`;
  describe.skipIf(skip !== undefined)(`${name} keeps the contract of a cluster's controllers${reason}`, () => {
    let opened: Site | undefined;
    const site = () => {
      if (!opened) throw new Error("not open before beforeAll");
      return opened;
    };
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.close());

    flux(site);
    kubelet(site);
    workloads(site);
    traefik(site);
    certificates(site);
  });
}
