import type { KubeObject } from "../store.ts";
import { column, conditionColumn, definition } from "./definition.ts";

const text = { type: "string" };
const names = { type: "array", items: text };
const issuerRef = {
  type: "object",
  required: ["name"],
  properties: { name: text, kind: text, group: text },
};
const keep = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
const AGE = column("Age", ".metadata.creationTimestamp");
const categories = ["cert-manager"];
const acme = ["cert-manager", "cert-manager-acme"];
const ISSUER_COLUMNS = [
  conditionColumn("Ready", "Ready", "status"),
  conditionColumn("Status", "Ready", "message", 1),
  AGE,
];

/** Columns and fields as https://github.com/cert-manager/cert-manager/tree/v1.19.1/deploy/crds has them. */
export const certManagerDefinitions: readonly KubeObject[] = [
  definition({
    group: "cert-manager.io",
    kind: "Certificate",
    plural: "certificates",
    shortNames: ["cert", "certs"],
    categories,
    required: ["issuerRef", "secretName"],
    spec: { secretName: text, issuerRef, dnsNames: names },
    columns: [
      conditionColumn("Ready", "Ready", "status"),
      column("Secret", ".spec.secretName"),
      column("Issuer", ".spec.issuerRef.name", 1),
      conditionColumn("Status", "Ready", "message", 1),
      AGE,
    ],
  }),
  definition({
    group: "cert-manager.io",
    kind: "CertificateRequest",
    plural: "certificaterequests",
    shortNames: ["cr", "crs"],
    categories,
    required: ["issuerRef", "request"],
    spec: { issuerRef, request: text },
    columns: [
      conditionColumn("Approved", "Approved", "status"),
      conditionColumn("Denied", "Denied", "status"),
      conditionColumn("Ready", "Ready", "status"),
      column("Issuer", ".spec.issuerRef.name"),
      column("Requester", ".spec.username"),
      conditionColumn("Status", "Ready", "message", 1),
      AGE,
    ],
  }),
  ...(["Issuer", "ClusterIssuer"] as const).map((kind) =>
    definition({
      group: "cert-manager.io",
      kind,
      plural: `${kind.toLowerCase()}s`,
      categories,
      ...(kind === "ClusterIssuer" ? { scope: "Cluster" } : {}),
      required: [],
      spec: { acme: keep, selfSigned: keep },
      columns: ISSUER_COLUMNS,
    }),
  ),
  definition({
    group: "acme.cert-manager.io",
    kind: "Order",
    plural: "orders",
    categories: acme,
    required: ["issuerRef", "request"],
    spec: { issuerRef, request: text, dnsNames: names },
    columns: [
      column("State", ".status.state"),
      column("Issuer", ".spec.issuerRef.name", 1),
      column("Reason", ".status.reason", 1),
      AGE,
    ],
  }),
  definition({
    group: "acme.cert-manager.io",
    kind: "Challenge",
    plural: "challenges",
    categories: acme,
    required: ["dnsName", "issuerRef", "token", "type"],
    spec: { dnsName: text, issuerRef, token: text, type: { type: "string", enum: ["HTTP-01", "DNS-01"] } },
    columns: [
      column("State", ".status.state"),
      column("Domain", ".spec.dnsName"),
      column("Reason", ".status.reason", 1),
      AGE,
    ],
  }),
];
