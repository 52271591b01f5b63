/** What a URL and method ask for. https://github.com/kubernetes/apiserver/blob/master/pkg/endpoints/request/requestinfo.go */
export interface ResourceRequest {
  verb: string;
  group: string;
  version: string;
  resource: string;
  subresource: string;
  namespace: string;
  name: string;
}

/** Undefined where the path names no resource. */
export function parseRequest(method: string, url: URL): ResourceRequest | undefined {
  const parts = url.pathname
    .split("/")
    .filter((part) => part !== "")
    .map(decodeURIComponent);
  const [root] = parts;
  if (root !== "api" && root !== "apis") return undefined;
  const group = root === "api" ? "" : (parts[1] ?? "");
  const version = root === "api" ? parts[1] : parts[2];
  let rest = parts.slice(root === "api" ? 2 : 3);
  if (version === undefined || rest.length === 0) return undefined;
  let namespace = "";
  if (rest[0] === "namespaces" && rest.length > 1) {
    namespace = rest[1] ?? "";
    // `namespaces/x/status` and `namespaces/x/finalize` are about the namespace itself.
    if (rest.length > 2 && rest[2] !== "status" && rest[2] !== "finalize") rest = rest.slice(2);
  }
  const [resource = "", name = "", ...deeper] = rest;
  return {
    verb: verbOf(method, name, url.searchParams),
    group,
    version,
    resource,
    name,
    subresource: deeper.join("/"),
    namespace,
  };
}

function verbOf(method: string, name: string, query: URLSearchParams): string {
  switch (method) {
    case "POST":
      return "create";
    case "PUT":
      return "update";
    case "PATCH":
      return "patch";
    case "DELETE":
      return name === "" ? "deletecollection" : "delete";
    default:
      if (query.get("watch") === "true" || query.get("watch") === "1") return "watch";
      return name === "" ? "list" : "get";
  }
}
