import type { Control } from "../control.ts";
import type { Cluster } from "../runtime/cluster.ts";
import { conditionOf } from "../runtime/conditions.ts";
import type { Controller } from "../runtime/controller.ts";
import { removeFinalizer } from "../runtime/finalizers.ts";
import { keyOf, splitKey } from "../runtime/key.ts";
import { parseCertificate } from "./certificate.ts";
import { createChain } from "./chain.ts";
import { CHALLENGE_FINALIZER } from "./challenge-finalizer.ts";
import { createIngressShim } from "./create-ingress-shim.ts";
import { createIssuerController } from "./create-issuer-controller.ts";
import { issueCertificate } from "./issue-certificate.ts";

/** A failed issuance is tried again after an hour. https://cert-manager.io/docs/faq/acme/ */
const RETRY_MILLISECONDS = 60 * 60_000;

/** cert-manager's loops, from an Ingress's annotation to the Secret. */
export function createCertManager(cluster: Cluster, control: Control): Controller[] {
  const { store } = cluster;
  const chain = createChain(cluster);
  const done = new Map<string, { uid: string | undefined; generation: number | undefined; until: number }>();
  const certificates: Controller = {
    name: "cert-manager-certificates",
    keysOf: ({ object }) => (object.kind === "Certificate" ? [keyOf(object)] : []),
    reconcile: async (key) => {
      const object = store.get({ apiVersion: "cert-manager.io/v1", kind: "Certificate", ...splitKey(key) });
      if (!object || object.metadata.deletionTimestamp) {
        done.delete(key);
        return undefined;
      }
      const { uid, generation } = object.metadata;
      const last = done.get(key);
      const same = last?.uid === uid && last?.generation === generation;
      const { clock } = cluster.world;
      if (same && last && last.until > clock.now().getTime()) {
        return Number.isFinite(last.until) ? (last.until - clock.now().getTime()) * clock.speed : undefined;
      }
      const { secretName } = parseCertificate(object).spec;
      const secret = store.get({
        apiVersion: "v1",
        kind: "Secret",
        namespace: object.metadata.namespace,
        name: secretName,
      });
      if (secret && conditionOf(object, "Ready")?.status === "True") {
        return undefined;
      }
      const issued = await issueCertificate(cluster, control, chain, object);
      if (issued === "superseded") return undefined;
      const wait = issued === "issued" ? Infinity : RETRY_MILLISECONDS;
      done.set(key, { uid, generation, until: clock.now().getTime() + wait / clock.speed });
      return Number.isFinite(wait) ? wait : undefined;
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
