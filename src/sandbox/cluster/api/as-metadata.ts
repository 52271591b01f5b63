import { ApiStatusError } from "../status-error.ts";
import type { ResourceCall } from "./call.ts";

/**
 * The metadata alone, where the client asks for that; of one object, or of a list.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#metadata-only-fetches
 */
export function asMetadata(call: ResourceCall, object: { metadata: object }): object | undefined {
  const wanted = wantedOf(call);
  if (wanted === "PartialObjectMetadataList")
    throw notAcceptable(
      "you requested PartialObjectMetadataList, but the requested object is not a list",
      call.kind.kind,
    );
  return wanted === undefined ? undefined : partial(object);
}

export function asMetadataList(
  call: ResourceCall,
  objects: { metadata: object }[],
  metadata: object,
): object | undefined {
  const wanted = wantedOf(call);
  if (wanted === "PartialObjectMetadata")
    throw notAcceptable("you requested PartialObjectMetadata, but the requested object is a list", call.kind.listKind);
  if (wanted === undefined) return undefined;
  return { kind: wanted, apiVersion: "meta.k8s.io/v1", metadata, items: objects.map(partial) };
}

function wantedOf({ request }: ResourceCall): string | undefined {
  const accept = (request.headers.accept ?? "").replaceAll(" ", "");
  return /;as=(PartialObjectMetadata(?:List)?)(?:;|,|$)/.exec(accept)?.[1];
}

function partial({ metadata }: { metadata: object }): object {
  return { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata };
}

/** https://github.com/kubernetes/kubernetes/blob/v1.34.4/staging/src/k8s.io/apiserver/pkg/endpoints/handlers/response.go (errNotAcceptable); what Go calls the type is left out. */
function notAcceptable(message: string, type: string): ApiStatusError {
  return new ApiStatusError({ message: `${message} (${type})`, reason: "NotAcceptable", code: 406 });
}
