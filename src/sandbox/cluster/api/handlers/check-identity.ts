import { apiVersionOf } from "../../store/create-kinds.ts";
import { isObject } from "../../store/is-object.ts";
import { refuse } from "../../store/refuse.ts";
import type { KubeObject } from "../../store.ts";
import type { ResourceCall } from "../call.ts";

/** A body's own words about kind, namespace and name must not contradict the URL; where it says nothing, the URL holds. */
export function checkIdentity(body: unknown, { kind, wanted }: ResourceCall): KubeObject {
  if (!isObject(body)) throw refuse.badRequest("the object provided is unrecognized (must be of type object)");
  const apiVersion = apiVersionOf(kind);
  if (body.kind !== undefined && body.kind !== kind.kind) {
    throw refuse.badRequest(
      `${body.kind} in version ${JSON.stringify(body.apiVersion ?? "")} cannot be handled as a ${kind.kind}: converting (${body.apiVersion}.${body.kind}) to (${apiVersion}.${kind.kind}): unknown conversion`,
    );
  }
  if (body.apiVersion !== undefined && body.apiVersion !== apiVersion) {
    throw refuse.badRequest(
      `the API version in the data (${body.apiVersion}) does not match the expected API version (${apiVersion})`,
    );
  }
  const metadata = isObject(body.metadata) ? body.metadata : {};
  const { namespace, name } = metadata;
  if (kind.namespaced && typeof namespace === "string" && namespace !== "" && namespace !== wanted.namespace) {
    throw refuse.badRequest(`the namespace of the provided object does not match the namespace sent on the request`);
  }
  if (wanted.name !== "" && typeof name === "string" && name !== "" && name !== wanted.name) {
    throw refuse.badRequest(`the name of the object (${name}) does not match the name on the URL (${wanted.name})`);
  }
  return {
    ...body,
    apiVersion,
    kind: kind.kind,
    metadata: {
      ...metadata,
      name: wanted.name === "" ? String(name ?? "") : wanted.name,
      ...(kind.namespaced ? { namespace: wanted.namespace } : {}),
    },
  };
}
