import type { KubeObject } from "../store.ts";
import { column, conditionColumn, definition } from "./definition.ts";

const text = { type: "string" };
const duration = { type: "string", pattern: "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$" };
const flag = { type: "boolean" };
const name = { type: "object", required: ["name"], properties: { name: text } };
const keep = { "x-kubernetes-preserve-unknown-fields": true };
const COLUMNS = [
  column("Age", ".metadata.creationTimestamp"),
  conditionColumn("Ready", "Ready", "status"),
  conditionColumn("Status", "Ready", "message"),
];

/** Columns and fields as https://github.com/fluxcd/source-controller/tree/v1.7.3/config/crd and kustomize-controller's have them. */
export const fluxDefinitions: readonly KubeObject[] = [
  definition({
    group: "source.toolkit.fluxcd.io",
    kind: "GitRepository",
    plural: "gitrepositories",
    shortNames: ["gitrepo"],
    required: ["interval", "url"],
    spec: {
      url: { type: "string", pattern: "^(http|https|ssh|file)://.*$" },
      interval: duration,
      timeout: { ...duration, pattern: "^([0-9]+(\\.[0-9]+)?(ms|s|m))+$", default: "60s" },
      suspend: flag,
      secretRef: name,
      proxySecretRef: name,
      ref: { type: "object", properties: { branch: text, tag: text, semver: text, name: text, commit: text } },
    },
    columns: [column("URL", ".spec.url"), ...COLUMNS],
  }),
  definition({
    group: "kustomize.toolkit.fluxcd.io",
    kind: "Kustomization",
    plural: "kustomizations",
    shortNames: ["ks"],
    required: ["interval", "prune", "sourceRef"],
    spec: {
      interval: duration,
      retryInterval: duration,
      timeout: { ...duration, pattern: "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$" },
      path: text,
      prune: flag,
      wait: flag,
      force: { ...flag, default: false },
      suspend: flag,
      targetNamespace: { type: "string", minLength: 1, maxLength: 63 },
      serviceAccountName: text,
      sourceRef: {
        type: "object",
        required: ["kind", "name"],
        properties: {
          apiVersion: text,
          kind: { type: "string", enum: ["OCIRepository", "GitRepository", "Bucket", "ExternalArtifact"] },
          name: text,
          namespace: text,
        },
      },
      images: { type: "array", items: { ...name, ...keep } },
      patches: { type: "array", items: { type: "object", required: ["patch"], properties: { patch: text }, ...keep } },
      healthChecks: { type: "array", items: { type: "object", required: ["kind", "name"], ...keep } },
      dependsOn: { type: "array", items: { ...name, ...keep } },
    },
    columns: COLUMNS,
  }),
];
