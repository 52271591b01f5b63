import type { KubeObject, Store } from "../../store.ts";
import { secretData } from "../runtime/secret-data.ts";

/** Basic or bearer credentials of a source's Secret. https://fluxcd.io/flux/components/source/gitrepositories/#secret-reference */
export function sourceCredentials(
  store: Store,
  object: KubeObject,
  secretName: string | undefined,
): { state: "found"; authorization?: string } | { state: "missing"; message: string } {
  if (secretName === undefined) {
    return { state: "found" };
  }
  const namespace = object.metadata.namespace ?? "";
  const secret = store.get({ apiVersion: "v1", kind: "Secret", namespace, name: secretName });
  if (!secret) {
    return {
      state: "missing",
      // Said twice by the real one, too.
      message: `failed to get secret '${namespace}/${secretName}': failed to get secret '${namespace}/${secretName}': secrets "${secretName}" not found`,
    };
  }
  const { username, password, bearerToken } = secretData(secret);
  if (bearerToken) {
    return { state: "found", authorization: `Bearer ${bearerToken}` };
  }
  return username === undefined && password === undefined
    ? { state: "found" }
    : {
        state: "found",
        authorization: `Basic ${Buffer.from(`${username ?? ""}:${password ?? ""}`).toString("base64")}`,
      };
}
