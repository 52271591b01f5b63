import type { KubeObject } from "../../store.ts";
import type { ResourceCall } from "../call.ts";
import { presented } from "../presented.ts";
import type { Column } from "./column.ts";
import { columnsOf } from "./columns-of.ts";

/** The objects as kubectl prints them, where the client asks for that. https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables */
export function asTable(call: ResourceCall, objects: KubeObject[], metadata: object): object | undefined {
  const accept = call.request.headers.accept ?? "";
  if (!/;as=Table(;|,|$)/.test(accept.replaceAll(" ", ""))) return undefined;
  const now = call.server.world.clock.now();
  const columns = columnsOf(call.kind);
  const include = call.url.searchParams.get("includeObject") ?? "Metadata";
  return {
    kind: "Table",
    apiVersion: "meta.k8s.io/v1",
    metadata,
    columnDefinitions: columns.map(definition),
    rows: objects.map((object) => ({
      cells: columns.map((column) => column.cell(object, now)),
      ...(include === "None" ? {} : { object: included(call, object, include) }),
    })),
  };
}

function definition({ name, type, format = "", priority = 0, description = "" }: Column) {
  return { name, type, format, description, priority };
}

function included({ kind }: ResourceCall, object: KubeObject, include: string): object {
  if (include === "Object") return presented(kind, object);
  return { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata: object.metadata };
}
