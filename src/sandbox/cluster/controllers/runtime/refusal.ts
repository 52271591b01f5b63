import { authorize } from "../../api/authorize.ts";
import type { ClusterStore } from "../../create-store.ts";
import { ApiStatusError } from "../../status-error.ts";
import type { ObjectKey } from "../../store.ts";
import { resourceOf } from "./resource-of.ts";

export interface ServiceAccount {
  namespace: string;
  name: string;
}

/** Undefined if RBAC lets the service account do `verb` to what `key` names; otherwise the API server's words. */
export function refusal(
  store: ClusterStore,
  { namespace, name }: ServiceAccount,
  verb: string,
  key: ObjectKey,
): string | undefined {
  const { group, plural, namespaced } = resourceOf(store, key);
  const user = {
    name: `system:serviceaccount:${namespace}:${name}`,
    // https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/
    groups: ["system:serviceaccounts", `system:serviceaccounts:${namespace}`, "system:authenticated"],
  };
  try {
    authorize(store, user, {
      verb,
      group,
      resource: plural,
      subresource: "",
      namespace: namespaced ? (key.namespace ?? "") : "",
      name: key.name,
    });
    return undefined;
  } catch (error) {
    if (error instanceof ApiStatusError) {
      return error.message;
    }
    throw error;
  }
}
