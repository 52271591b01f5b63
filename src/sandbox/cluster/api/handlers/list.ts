import * as z from "zod";
import { ApiStatusError } from "../../status-error.ts";
import { apiVersionOf } from "../../store/create-kinds.ts";
import type { Storage } from "../../store/create-storage.ts";
import type { Kind } from "../../store/kind.ts";
import { refuse } from "../../store/refuse.ts";
import type { KubeObject } from "../../store.ts";
import { asMetadataList } from "../as-metadata.ts";
import type { Answer, ResourceCall } from "../call.ts";
import { presented } from "../presented.ts";
import { selected } from "../selected.ts";
import { asTable } from "../table/as-table.ts";

const token = z.object({ v: z.literal("meta.k8s.io/v1"), rv: z.number(), start: z.string() });

const EXPIRED =
  "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";

/** https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks */
export function list(call: ResourceCall): Answer {
  const { server, kind, wanted, url } = call;
  const { storage } = server.store;
  const query = url.searchParams;
  const { matches, narrowed } = selected(call);
  const limit = Number(query.get("limit") ?? 0);
  const from = startingPoint(query, storage);
  const namespace = kind.namespaced && wanted.namespace !== "" ? wanted.namespace : undefined;
  const all = snapshot(storage, kind, namespace, from.revision, from.start);
  const rest = all.filter((object) => keyOf(object) > from.start).filter(matches);
  const page = limit > 0 ? rest.slice(0, limit) : rest;
  const last = page.at(-1);
  const more = rest.length - page.length;
  const metadata = {
    resourceVersion: String(from.revision),
    ...(more > 0 && last !== undefined
      ? {
          continue: encode(from.revision, keyOf(last)),
          ...(narrowed ? {} : { remainingItemCount: more }),
        }
      : {}),
  };
  const other = asTable(call, page, metadata) ?? asMetadataList(call, page, metadata);
  if (other !== undefined) return { status: 200, body: other };
  const items = page.map((object) => {
    const whole = presented(kind, object);
    if (kind.custom) return whole;
    // Go's typed lists leave out what the list already says.
    const { apiVersion: _, kind: __, ...rest } = whole;
    return rest;
  });
  return { status: 200, body: { kind: kind.listKind, apiVersion: apiVersionOf(kind), metadata, items } };
}

function startingPoint(query: URLSearchParams, storage: Storage): { revision: number; start: string } {
  const next = query.get("continue") ?? "";
  if (next !== "") {
    const parsed = token.safeParse(readToken(next));
    if (!parsed.success) throw refuse.badRequest("continue key is not valid: illegal base64 data");
    // -1: the client took the inconsistent remainder after a 410.
    return { revision: parsed.data.rv === -1 ? storage.revision() : parsed.data.rv, start: parsed.data.start };
  }
  const asked = query.get("resourceVersion") ?? "";
  if (asked !== "" && !/^\d+$/.test(asked)) {
    throw refuse.badRequest(
      `Invalid value: ${JSON.stringify(asked)}: strconv.ParseUint: parsing ${JSON.stringify(asked)}: invalid syntax`,
    );
  }
  if (Number(asked) > storage.revision()) throw tooLarge(Number(asked), storage.revision());
  const exact = query.get("resourceVersionMatch") === "Exact";
  return { revision: exact ? Number(asked) : storage.revision(), start: "" };
}

function tooLarge(asked: number, current: number): ApiStatusError {
  return new ApiStatusError({
    message: `Timeout: Too large resource version: ${asked}, current: ${current}`,
    reason: "Timeout",
    details: {
      causes: [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }],
      retryAfterSeconds: 1,
    },
    code: 504,
  });
}

/** The objects as they were at `revision`: later changes undone. */
function snapshot(
  storage: Storage,
  kind: Kind,
  namespace: string | undefined,
  revision: number,
  start: string,
): KubeObject[] {
  const now = storage.readAll(kind, namespace);
  if (revision === storage.revision()) return now;
  const later = storage.changesAfter(revision);
  if (later === "expired") {
    throw refuse.expired(EXPIRED, start === "" ? undefined : encode(-1, start));
  }
  const then = new Map(now.map((object) => [keyOf(object), object]));
  for (const change of later.toReversed()) {
    if (change.kind.plural !== kind.plural || change.kind.group !== kind.group) continue;
    if (namespace !== undefined && change.object.metadata.namespace !== namespace) continue;
    if (change.previous === undefined) then.delete(keyOf(change.object));
    else then.set(keyOf(change.object), change.previous);
  }
  return [...then].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, object]) => object);
}

function keyOf(object: KubeObject): string {
  return `${object.metadata.namespace ?? ""}/${object.metadata.name}`;
}

function encode(revision: number, start: string): string {
  return Buffer.from(JSON.stringify({ v: "meta.k8s.io/v1", rv: revision, start })).toString("base64url");
}

function readToken(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    return undefined;
  }
}
