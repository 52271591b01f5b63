import type { Cluster } from "../runtime/cluster.ts";
import { conditionsOf, withCondition } from "../runtime/conditions.ts";
import type { Controller } from "../runtime/controller.ts";
import { keyOf, splitKey } from "../runtime/key.ts";
import { timestamp } from "../runtime/timestamp.ts";
import { writeStatus } from "../runtime/write-status.ts";

/** Every ClusterIssuer gets its account. https://github.com/cert-manager/cert-manager/blob/v1.19.1/pkg/issuer/acme/setup.go */
export function createIssuerController({ store, world }: Cluster): Controller {
  return {
    name: "cert-manager-clusterissuers",
    keysOf: ({ object, type }) => (object.kind === "ClusterIssuer" && type !== "DELETED" ? [keyOf(object)] : []),
    reconcile: (key) => {
      const { name } = splitKey(key);
      const issuer = store.get({ apiVersion: "cert-manager.io/v1", kind: "ClusterIssuer", name });
      if (!issuer) {
        return undefined;
      }
      const now = timestamp(world.clock.now());
      writeStatus(store, issuer, {
        acme: {
          lastRegisteredEmail: "operations@sandbox.localhost",
          uri: "https://acme-v02.api.letsencrypt.org/acme/acct/2170000001",
        },
        conditions: withCondition(
          conditionsOf(issuer),
          {
            type: "Ready",
            status: "True",
            reason: "ACMEAccountRegistered",
            message: "The ACME account was registered with the ACME server",
            observedGeneration: issuer.metadata.generation,
          },
          now,
        ),
      });
      return undefined;
    },
  };
}
