import { refuse } from "../../store/refuse.ts";
import { asMetadata } from "../as-metadata.ts";
import type { Answer, ResourceCall } from "../call.ts";
import { presented } from "../presented.ts";
import { asTable } from "../table/as-table.ts";

export function get(call: ResourceCall): Answer {
  const { server, kind, wanted } = call;
  const found = server.store.storage.read(kind, kind.namespaced ? wanted.namespace : undefined, wanted.name);
  if (found === undefined) throw refuse.notFound(kind, wanted.name);
  return { status: 200, body: asTable(call, [found], {}) ?? asMetadata(call, found) ?? presented(kind, found) };
}
