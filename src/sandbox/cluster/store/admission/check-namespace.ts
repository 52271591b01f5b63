import { ApiStatusError } from "../../status-error.ts";
import type { KubeObject } from "../../store.ts";
import { builtinKind } from "../builtin-kind.ts";
import type { Storage } from "../create-storage.ts";
import type { Kind } from "../kind.ts";
import { refuse } from "../refuse.ts";

/** Nothing is made in a namespace that is not there or that is going. */
export function checkNamespace(kind: Kind, object: KubeObject, storage: Storage): void {
  const { namespace = "", name } = object.metadata;
  const namespaces = builtinKind("Namespace");
  const found = storage.read(namespaces, undefined, namespace);
  if (found === undefined) throw refuse.notFound(namespaces, namespace);
  if (found.metadata.deletionTimestamp === undefined) return;
  const { status } = refuse.forbidden(
    kind,
    name,
    `unable to create new content in namespace ${namespace} because it is being terminated`,
  );
  throw new ApiStatusError({
    ...status,
    details: {
      ...status.details,
      causes: [
        {
          reason: "NamespaceTerminating",
          message: `namespace ${namespace} is being terminated`,
          field: "metadata.namespace",
        },
      ],
    },
  });
}
