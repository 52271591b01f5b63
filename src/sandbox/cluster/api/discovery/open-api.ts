import { apiVersionOf } from "../../store/create-kinds.ts";
import type { Kind } from "../../store/kind.ts";
import type { Schema } from "../../store/schema.ts";
import type { Answer, Call } from "../call.ts";

/** `/openapi/v3`: where the document of each group and version is. */
export function openApiIndex(call: Call): Answer {
  const versions = [...new Set(call.server.store.kinds.all().map(pathOf))];
  // The hash lets kubectl keep a document; CustomResourceDefinitions change, so each revision has its own.
  const hash = call.server.store.storage.revision();
  return {
    status: 200,
    body: {
      paths: Object.fromEntries(
        versions.map((path) => [path, { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` }]),
      ),
    },
  };
}

/** `/openapi/v3/apis/slipway.dev/v1alpha1`: enough for `kubectl explain` and for its look whether the server validates. */
export function openApiDocument(call: Call): Answer | undefined {
  const path = call.url.pathname.slice("/openapi/v3/".length);
  const kinds = call.server.store.kinds.all().filter((kind) => pathOf(kind) === path);
  if (kinds.length === 0) return undefined;
  const schemas = new Map<string, object>();
  for (const kind of kinds) {
    schemas.set(nameOf(kind), {
      ...referenced(kind.schema(), schemas),
      "x-kubernetes-group-version-kind": [typeOf(kind)],
    });
  }
  return {
    status: 200,
    body: {
      openapi: "3.0.0",
      info: { title: "Kubernetes", version: "v1.34.4" },
      paths: Object.fromEntries(kinds.flatMap(pathsOf)),
      components: { schemas: Object.fromEntries(schemas) },
    },
  };
}

function pathsOf(kind: Kind) {
  const root = `/${pathOf(kind)}${kind.namespaced ? "/namespaces/{namespace}" : ""}/${kind.plural}`;
  const operation = (action: string, extra: object = {}) => ({
    "x-kubernetes-action": action,
    "x-kubernetes-group-version-kind": typeOf(kind),
    responses: {},
    ...extra,
  });
  const write = {
    parameters: ["dryRun", "fieldManager", "fieldValidation"].map((name) => ({
      name,
      in: "query",
      schema: { type: "string", uniqueItems: true },
    })),
  };
  return [
    [root, { get: operation("list"), post: operation("post", write) }],
    [
      `${root}/{name}`,
      {
        get: operation("get"),
        put: operation("put", write),
        patch: operation("patch", write),
        delete: operation("delete"),
      },
    ],
  ];
}

/** Types that contain themselves (JSONSchemaProps) become references; all others are written out where they stand. */
function referenced(schema: Schema, schemas: Map<string, object>, above: Schema[] = []): object {
  if (above.includes(schema)) {
    const name = `recursive.${schema.title ?? "Object"}`;
    if (!schemas.has(name)) schemas.set(name, { type: "object" });
    return { $ref: `#/components/schemas/${name}` };
  }
  const inside = [...above, schema];
  const { properties, items, additionalProperties, ...rest } = schema;
  return {
    ...rest,
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).map(([key, part]) => [key, referenced(part, schemas, inside)]),
          ),
        }),
    ...(items === undefined ? {} : { items: referenced(items, schemas, inside) }),
    ...(typeof additionalProperties === "object"
      ? { additionalProperties: referenced(additionalProperties, schemas, inside) }
      : {}),
  };
}

function nameOf(kind: Kind): string {
  const group = kind.group === "" ? "io.k8s.api.core" : kind.group.split(".").reverse().join(".");
  return `${group}.${kind.version}.${kind.kind}`;
}

function typeOf({ group, version, kind }: Kind) {
  return { group, version, kind };
}

function pathOf(kind: Kind): string {
  return kind.group === "" ? `api/${kind.version}` : `apis/${apiVersionOf(kind)}`;
}
