import { makeCertificate } from "../../api/make-certificate.ts";
import type { KubeObject } from "../../store.ts";
import type { Cluster } from "../runtime/cluster.ts";
import { conditionsOf, withoutCondition } from "../runtime/conditions.ts";
import { refOf } from "../runtime/key.ts";
import { timestamp } from "../runtime/timestamp.ts";
import { parseCertificate } from "./certificate.ts";
import type { Chain } from "./chain.ts";

const DAY = 24 * 60 * 60 * 1_000;

/** The end of an issuance that went well: the Secret, and a Certificate that is ready. */
export function storeIssued(cluster: Cluster, chain: Chain, object: KubeObject, request: KubeObject): void {
  const { store, world } = cluster;
  const { spec, status } = parseCertificate(object);
  const { name, namespace } = object.metadata;
  const observed = { observedGeneration: object.metadata.generation };
  const fetched = "Certificate fetched from issuer successfully";
  chain.condition(request, { type: "Ready", status: "True", reason: "Issued", message: fetched });
  chain.tell(request, "cert-manager-certificaterequests-issuer-acme", "CertificateIssued", fetched);
  const now = world.clock.now();
  const { certificate, key: privateKey } = makeCertificate(spec.dnsNames, now);
  store.apply(
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: {
        name: spec.secretName,
        namespace,
        labels: { "controller.cert-manager.io/fao": "true" },
        annotations: {
          "cert-manager.io/alt-names": spec.dnsNames.join(","),
          "cert-manager.io/certificate-name": name,
          "cert-manager.io/issuer-kind": spec.issuerRef.kind,
          "cert-manager.io/issuer-name": spec.issuerRef.name,
        },
      },
      type: "kubernetes.io/tls",
      data: {
        "tls.crt": Buffer.from(certificate).toString("base64"),
        "tls.key": Buffer.from(privateKey).toString("base64"),
      },
    },
    { fieldManager: "cert-manager-certificates-issuing", force: true },
  );
  chain.status(object, {
    conditions: withoutCondition(conditionsOf(store.get(refOf(object))), "Issuing"),
    nextPrivateKeySecretName: undefined,
    failedIssuanceAttempts: undefined,
    lastFailureTime: undefined,
    notBefore: timestamp(now),
    notAfter: timestamp(new Date(now.getTime() + 90 * DAY)),
    renewalTime: timestamp(new Date(now.getTime() + 60 * DAY)),
    revision: status.revision + 1,
  });
  chain.condition(object, {
    type: "Ready",
    status: "True",
    reason: "Ready",
    message: "Certificate is up to date and has not expired",
    ...observed,
  });
  const issued = "The certificate has been successfully issued";
  chain.tell(object, "cert-manager-certificates-issuing", "Issuing", issued);
}
