import { ApiStatusError } from "../../status-error.ts";
import { jsonPatch } from "../../store/json-patch.ts";
import { mergePatch } from "../../store/merge-patch.ts";
import { refuse } from "../../store/refuse.ts";
import { strategicMerge } from "../../store/strategic-merge.ts";
import type { KubeObject } from "../../store.ts";
import { asMetadata } from "../as-metadata.ts";
import { authorize } from "../authorize.ts";
import type { Answer, ResourceCall } from "../call.ts";
import { checkEscalation } from "../check-escalation.ts";
import { presented } from "../presented.ts";
import { contentTypeOf, readBody } from "../read-body.ts";
import { asTable } from "../table/as-table.ts";
import { checkIdentity } from "./check-identity.ts";
import { writeOptions } from "./write-options.ts";

type Change = (current: KubeObject, patch: unknown, call: ResourceCall) => unknown;

export const PATCHES: Readonly<Record<string, Change>> = {
  "application/json-patch+json": (current, patch) => {
    try {
      return jsonPatch(current, patch);
    } catch {
      // The real server keeps the reason to itself, too.
      throw new ApiStatusError({
        message: "the server rejected our request due to an error in our request",
        reason: "Invalid",
        details: {},
        code: 422,
      });
    }
  },
  "application/merge-patch+json": (current, patch) => mergePatch(current, patch),
  "application/strategic-merge-patch+json": (current, patch, { kind }) => strategicMerge(kind.schema(), current, patch),
};

export async function patch(call: ResourceCall): Promise<Answer> {
  const { server, kind, wanted, request } = call;
  const type = contentTypeOf(request);
  if (type === "application/apply-patch+yaml") return apply(call);
  const change = PATCHES[type];
  if (change === undefined || (kind.custom && type.includes("strategic"))) {
    const accepted = [...Object.keys(PATCHES), "application/apply-patch+yaml"].filter(
      (accepts) => !(kind.custom && accepts.includes("strategic")),
    );
    throw refuse.unsupportedMediaType(
      `the body of the request was in an unknown format - accepted media types include: ${accepted.join(", ")}`,
    );
  }
  const body = await readBody(request);
  const namespace = kind.namespaced ? wanted.namespace : undefined;
  const made = server.store.verbs.patch(
    kind,
    namespace,
    wanted.name,
    (current) => {
      const next = checkIdentity(change(presented(kind, current), body, call), call);
      checkEscalation(call, next);
      return next;
    },
    writeOptions(call),
  );
  return { status: 200, body: asTable(call, [made], {}) ?? asMetadata(call, made) ?? presented(kind, made) };
}

async function apply(call: ResourceCall): Promise<Answer> {
  const { server, kind, wanted, user, url } = call;
  if ((url.searchParams.get("fieldManager") ?? "") === "") {
    throw refuse.invalid({ group: "meta.k8s.io", kind: "PatchOptions" }, "", [
      { reason: "FieldValueRequired", field: "fieldManager", message: "Required value: is required for apply patch" },
    ]);
  }
  const body = checkIdentity(await readBody(call.request), call);
  const namespace = kind.namespaced ? wanted.namespace : undefined;
  if (body.metadata.managedFields !== undefined) throw refuse.badRequest("metadata.managedFields must be nil");
  if (server.store.storage.read(kind, namespace, wanted.name) === undefined && wanted.subresource === "") {
    authorize(server.store, user, { ...wanted, verb: "create" });
  }
  checkEscalation(call, body);
  const { object, created } = server.store.verbs.apply(kind, body, writeOptions(call));
  return {
    status: created ? 201 : 200,
    body: asTable(call, [object], {}) ?? asMetadata(call, object) ?? presented(kind, object),
  };
}
