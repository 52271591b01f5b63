import type { KubeObject } from "../store.ts";

interface Column {
  name: string;
  type: "string" | "date";
  jsonPath: string;
  priority?: number;
}

/** One line of `kubectl get`'s table. */
export function column(name: string, jsonPath: string, priority?: number): Column {
  const type = jsonPath === ".metadata.creationTimestamp" ? "date" : "string";
  return { name, type, jsonPath, ...(priority === undefined ? {} : { priority }) };
}

/** The column that shows a field of a condition. */
export function conditionColumn(name: string, type: string, field: "status" | "message", priority?: number): Column {
  return column(name, `.status.conditions[?(@.type=="${type}")].${field}`, priority);
}

/**
 * A CustomResourceDefinition with a small structural schema: what it names is checked, the rest is kept as it is.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/
 */
export function definition(options: {
  group: string;
  kind: string;
  plural: string;
  shortNames?: readonly string[];
  categories?: readonly string[];
  scope?: "Cluster";
  spec: Record<string, unknown>;
  required: readonly string[];
  columns: readonly Column[];
}): KubeObject {
  const { group, kind, plural } = options;
  const keep = { "x-kubernetes-preserve-unknown-fields": true };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: options.scope ?? "Namespaced",
      names: {
        kind,
        plural,
        singular: kind.toLowerCase(),
        listKind: `${kind}List`,
        ...(options.shortNames === undefined ? {} : { shortNames: options.shortNames }),
        ...(options.categories === undefined ? {} : { categories: options.categories }),
      },
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: options.columns,
          schema: {
            openAPIV3Schema: {
              type: "object",
              required: ["spec"],
              properties: {
                apiVersion: { type: "string" },
                kind: { type: "string" },
                metadata: { type: "object" },
                spec: { type: "object", required: options.required, properties: options.spec, ...keep },
                status: { type: "object", ...keep },
              },
            },
          },
        },
      ],
    },
  };
}
