import { isDeepStrictEqual } from "node:util";
import { parseIngress } from "../network/ingress.ts";
import type { Cluster } from "../runtime/cluster.ts";
import type { Controller } from "../runtime/controller.ts";
import { keyOf, refOf, splitKey } from "../runtime/key.ts";
import { recordEvent } from "../runtime/record-event.ts";
import { isOwnedBy, ownerReference } from "../workloads/deployment.ts";

const API_VERSION = "cert-manager.io/v1";
const COMPONENT = "cert-manager-ingress-shim";

/** A Certificate for each `tls` entry of an annotated Ingress. https://github.com/cert-manager/cert-manager/blob/v1.19.1/pkg/controller/certificate-shim/sync.go */
export function createIngressShim(cluster: Cluster): Controller {
  const { store } = cluster;
  return {
    name: COMPONENT,
    // A Certificate that somebody changed or deleted is made again.
    keysOf: ({ object, type }) =>
      object.kind === "Ingress"
        ? type === "DELETED"
          ? []
          : [keyOf(object)]
        : object.kind === "Certificate"
          ? (object.metadata.ownerReferences ?? [])
              .filter(({ kind, controller }) => kind === "Ingress" && controller)
              .map(({ name }) => `${object.metadata.namespace}/${name}`)
          : [],
    reconcile: (key) => {
      const ingress = store.get({ apiVersion: "networking.k8s.io/v1", kind: "Ingress", ...splitKey(key) });
      if (!ingress || ingress.metadata.deletionTimestamp) {
        return undefined;
      }
      // A Certificate bears its Ingress's labels.
      const { namespace, annotations = {}, labels = {} } = ingress.metadata;
      const clusterIssuer = annotations["cert-manager.io/cluster-issuer"];
      const issuer = annotations["cert-manager.io/issuer"];
      const name = clusterIssuer ?? issuer;
      const entries = name === undefined ? [] : parseIngress(ingress).spec.tls.filter(({ secretName }) => secretName);
      const wanted = entries.map(({ secretName }) => secretName);
      const paths = (name: string | undefined) =>
        entries.flatMap(({ secretName }, index) => (secretName === name ? [`spec.tls[${index}].secretName`] : []));
      const twice = entries.find(({ secretName }) => paths(secretName).length > 1);
      if (twice) {
        const [first, second] = paths(twice.secretName);
        const why = `this secret name must only appear in a single TLS entry but is also used in ${second}`;
        tell("BadConfig", `${first}: Invalid value: "${twice.secretName}": ${why}`, "Warning");
        return undefined;
      }
      for (const [index, { hosts, secretName = "" }] of entries.entries()) {
        if (hosts.length === 0) {
          tell("BadConfig", `Skipped a TLS block: spec.tls[${index}].hosts: Required value`, "Warning");
          continue;
        }
        const existing = store.get({ apiVersion: API_VERSION, kind: "Certificate", namespace, name: secretName });
        const spec = {
          dnsNames: hosts,
          issuerRef: { name, kind: clusterIssuer ? "ClusterIssuer" : "Issuer", group: "cert-manager.io" },
          secretName,
          usages: ["digital signature", "key encipherment"],
        };
        if (!existing) {
          store.create({
            apiVersion: API_VERSION,
            kind: "Certificate",
            metadata: { name: secretName, namespace, labels, ownerReferences: [ownerReference(ingress)] },
            spec,
          });
          tell("CreateCertificate", `Successfully created Certificate "${secretName}"`);
        }
        // Another's is left as it is, and that is logged only: "certificate resource is not owned by this object".
        else if (isOwnedBy(existing, ingress)) {
          const same = isDeepStrictEqual([existing.metadata.labels ?? {}, existing.spec], [labels, spec]);
          if (!same) {
            store.mergePatch(refOf(existing), { metadata: { labels }, spec });
            tell("UpdateCertificate", `Successfully updated Certificate "${secretName}"`);
          }
        }
      }
      for (const certificate of store.list(API_VERSION, "Certificate", { namespace })) {
        if (isOwnedBy(certificate, ingress) && !wanted.includes(certificate.metadata.name)) {
          store.delete(refOf(certificate));
          tell("DeleteCertificate", `Successfully deleted unrequired Certificate "${certificate.metadata.name}"`);
        }
      }
      return undefined;

      function tell(reason: string, message: string, type: "Normal" | "Warning" = "Normal"): void {
        if (ingress) {
          recordEvent(cluster, ingress, { type, reason, message, component: COMPONENT });
        }
      }
    },
  };
}
