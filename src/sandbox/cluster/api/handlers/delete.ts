import * as z from "zod";
import { apiVersionOf } from "../../store/create-kinds.ts";
import type { DeleteOptions } from "../../store/delete-options.ts";
import type { Kind } from "../../store/kind.ts";
import type { KubeObject } from "../../store.ts";
import type { Answer, ResourceCall } from "../call.ts";
import { presented } from "../presented.ts";
import { readBody } from "../read-body.ts";
import { selected } from "../selected.ts";
import { isDryRun } from "./write-options.ts";

const options = z.object({
  propagationPolicy: z.enum(["Background", "Foreground", "Orphan"]).optional(),
  orphanDependents: z.boolean().optional(),
  dryRun: z.array(z.string()).optional(),
  preconditions: z.object({ uid: z.string().optional(), resourceVersion: z.string().optional() }).optional(),
});

/** These are answered with the object that was; all others with a Status, unless a finalizer keeps them. */
const TELL_OBJECT = new Set(["Pod", "Service", "ServiceAccount", "PersistentVolumeClaim", "ResourceQuota"]);

export async function remove(call: ResourceCall): Promise<Answer> {
  const { server, kind, wanted } = call;
  const asked = await deleteOptions(call);
  const gone = server.store.verbs.remove(kind, kind.namespaced ? wanted.namespace : undefined, wanted.name, asked);
  const stays = (gone.metadata.finalizers ?? []).length > 0 || kind.kind === "Namespace" || TELL_OBJECT.has(kind.kind);
  return { status: 200, body: stays ? presented(kind, gone) : success(kind, gone) };
}

export async function removeAll(call: ResourceCall): Promise<Answer> {
  const { server, kind, wanted } = call;
  const asked = await deleteOptions(call);
  const { matches } = selected(call);
  const namespace = kind.namespaced && wanted.namespace !== "" ? wanted.namespace : undefined;
  const items = server.store.storage
    .readAll(kind, namespace)
    .filter(matches)
    .map((object) => server.store.verbs.remove(kind, object.metadata.namespace, object.metadata.name, asked))
    .map((object) => presented(kind, object));
  return {
    status: 200,
    body: {
      kind: kind.listKind,
      apiVersion: apiVersionOf(kind),
      metadata: { resourceVersion: String(server.store.storage.revision()) },
      items,
    },
  };
}

async function deleteOptions({ request, url }: ResourceCall): Promise<DeleteOptions> {
  const body = options.parse((await readBody(request)) ?? {});
  const query = url.searchParams;
  const policy = options.shape.propagationPolicy.parse(query.get("propagationPolicy") ?? body.propagationPolicy);
  const propagation = policy ?? (body.orphanDependents ? "Orphan" : "Background");
  return {
    propagation,
    dryRun: isDryRun(query) || (body.dryRun ?? []).includes("All"),
    ...(body.preconditions === undefined ? {} : { preconditions: body.preconditions }),
  };
}

function success(kind: Kind, object: KubeObject) {
  return {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Success",
    details: {
      name: object.metadata.name,
      ...(kind.group === "" ? {} : { group: kind.group }),
      kind: kind.plural,
      uid: object.metadata.uid,
    },
  };
}
