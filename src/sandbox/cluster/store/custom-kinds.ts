import * as z from "zod";
import type { KubeObject } from "../store.ts";
import type { Kind } from "./kind.ts";
import { modelSchema } from "./model-schema.ts";
import type { Schema } from "./schema.ts";

const ALL = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];

const column = z.object({
  name: z.string(),
  type: z.string(),
  format: z.string().optional(),
  description: z.string().optional(),
  jsonPath: z.string(),
  priority: z.number().optional(),
});

const spec = z.object({
  group: z.string(),
  scope: z.enum(["Namespaced", "Cluster"]),
  names: z.object({
    kind: z.string(),
    plural: z.string(),
    singular: z.string().optional(),
    listKind: z.string().optional(),
    shortNames: z.array(z.string()).optional(),
    categories: z.array(z.string()).optional(),
  }),
  versions: z.array(
    z.object({
      name: z.string(),
      served: z.boolean(),
      storage: z.boolean(),
      schema: z.object({ openAPIV3Schema: z.record(z.string(), z.unknown()).optional() }).optional(),
      additionalPrinterColumns: z.array(column).optional(),
      subresources: z
        .object({
          status: z.object({}).optional(),
          scale: z
            .object({
              specReplicasPath: z.string(),
              statusReplicasPath: z.string(),
              labelSelectorPath: z.string().optional(),
            })
            .optional(),
        })
        .optional(),
    }),
  ),
});

const AGE = { name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp" };

/** The kinds that a CustomResourceDefinition asks for, one for each served version. */
export function customKinds(definition: KubeObject): Kind[] {
  const { group, scope, names, versions } = spec.parse(definition.spec);
  const stored = versions.find((version) => version.storage)?.name ?? versions[0]?.name ?? "v1";
  return versions
    .filter((version) => version.served)
    .map((version) => {
      const scale = version.subresources?.scale;
      // Checked when the definition was made: a structural schema has this form.
      const own = (version.schema?.openAPIV3Schema ?? {
        type: "object",
        "x-kubernetes-preserve-unknown-fields": true,
      }) as Schema;
      const whole: Schema = {
        ...own,
        properties: {
          ...own.properties,
          apiVersion: { type: "string" },
          kind: { type: "string" },
          metadata: modelSchema("V1ObjectMeta"),
        },
      };
      return {
        group,
        version: version.name,
        kind: names.kind,
        plural: names.plural,
        singular: names.singular ?? names.kind.toLowerCase(),
        listKind: names.listKind ?? `${names.kind}List`,
        shortNames: names.shortNames ?? [],
        categories: names.categories ?? [],
        namespaced: scope === "Namespaced",
        verbs: ALL,
        status: version.subresources?.status !== undefined,
        ...(scale === undefined
          ? {}
          : {
              scale: {
                specReplicas: scale.specReplicasPath,
                statusReplicas: scale.statusReplicasPath,
                ...(scale.labelSelectorPath === undefined ? {} : { labelSelector: scale.labelSelectorPath }),
              },
            }),
        custom: true,
        storedAs: `${group}/${stored}`,
        columns: version.additionalPrinterColumns ?? [AGE],
        schema: () => whole,
      };
    });
}
