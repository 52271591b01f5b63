import type { Control } from "../control.ts";
import type { Cluster } from "../runtime/cluster.ts";
import type { Controller } from "../runtime/controller.ts";
import { removeFinalizer } from "../runtime/finalizers.ts";
import { keyOf, splitKey } from "../runtime/key.ts";
import { createChain } from "./chain.ts";
import { CHALLENGE_FINALIZER } from "./challenge-finalizer.ts";
import { createIngressShim } from "./create-ingress-shim.ts";
import { createIssuerController } from "./create-issuer-controller.ts";
import { issueCertificate } from "./issue-certificate.ts";
import { whyIssue } from "./why-issue.ts";

/** A failed issuance is tried again after an hour. https://cert-manager.io/docs/faq/acme/ */
const RETRY_MILLISECONDS = 60 * 60_000;

/** cert-manager's loops, from an Ingress's annotation to the Secret. */
export function createCertManager(cluster: Cluster, control: Control): Controller[] {
  const { store } = cluster;
  const chain = createChain(cluster);
  const failed = new Map<string, { uid: string | undefined; generation: number | undefined; until: number }>();
  const certificates: Controller = {
    name: "cert-manager-certificates",
    keysOf: ({ object }) => {
      if (object.kind === "Certificate") {
        return [keyOf(object)];
      }
      // A Secret that is gone is made again.
      const name = object.kind === "Secret" && object.metadata.annotations?.["cert-manager.io/certificate-name"];
      return name ? [`${object.metadata.namespace ?? ""}/${name}`] : [];
    },
    reconcile: async (key) => {
      const object = store.get({ apiVersion: "cert-manager.io/v1", kind: "Certificate", ...splitKey(key) });
      if (!object || object.metadata.deletionTimestamp) {
        failed.delete(key);
        return undefined;
      }
      const why = whyIssue(store, object);
      if (!why) {
        return undefined;
      }
      const { uid, generation } = object.metadata;
      const { clock } = cluster.world;
      const last = failed.get(key);
      if (last && last.uid === uid && last.generation === generation && last.until > clock.now().getTime()) {
        return (last.until - clock.now().getTime()) * clock.speed;
      }
      if ((await issueCertificate(cluster, control, chain, object, why)) !== "failed") {
        failed.delete(key);
        return undefined;
      }
      failed.set(key, { uid, generation, until: clock.now().getTime() + RETRY_MILLISECONDS / clock.speed });
      return RETRY_MILLISECONDS;
    },
  };
  const challenges: Controller = {
    name: "cert-manager-challenges",
    keysOf: ({ object, type }) => (object.kind === "Challenge" && type !== "DELETED" ? [keyOf(object)] : []),
    reconcile: (key) => {
      const object = store.get({ apiVersion: "acme.cert-manager.io/v1", kind: "Challenge", ...splitKey(key) });
      if (object?.metadata.deletionTimestamp) {
        removeFinalizer(store, object, CHALLENGE_FINALIZER);
      }
      return undefined;
    },
  };
  return [challenges, createIssuerController(cluster), createIngressShim(cluster), certificates];
}
