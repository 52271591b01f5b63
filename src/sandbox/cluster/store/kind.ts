import type { Schema } from "./schema.ts";

/** A column of `kubectl get`, as in a CustomResourceDefinition. */
export interface PrinterColumn {
  name: string;
  type: string;
  format?: string;
  description?: string;
  jsonPath: string;
  priority?: number;
}

/** A served kind in one version: what discovery tells of it, and what the store must know to keep it. */
export interface Kind {
  group: string;
  version: string;
  kind: string;
  plural: string;
  singular: string;
  listKind: string;
  shortNames: string[];
  categories: string[];
  namespaced: boolean;
  verbs: string[];
  /** `status` is a subresource of its own: written apart from the rest. */
  status: boolean;
  scale?: { specReplicas: string; statusReplicas: string; labelSelector?: string };
  /** From a CustomResourceDefinition, so pruned and validated by its schema. */
  custom: boolean;
  /** The apiVersion under which objects are kept; other served versions differ in nothing but that word. */
  storedAs: string;
  columns?: PrinterColumn[];
  /** Made when first asked for: most kinds are never used in a run. */
  schema(): Schema;
}
