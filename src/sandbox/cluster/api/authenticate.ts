import type { IncomingMessage } from "node:http";
import type { ClusterStore } from "../create-store.ts";
import { refuse } from "../store/refuse.ts";
import { authorize } from "./authorize.ts";
import type { Tokens } from "./create-tokens.ts";
import type { User } from "./user.ts";

const ANONYMOUS: User = { name: "system:anonymous", groups: ["system:unauthenticated"] };

/** Who asks: by bearer token, or as whom they say if they may. https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation */
export function authenticate(request: IncomingMessage, tokens: Tokens, store: ClusterStore): User {
  const user = byToken(request.headers.authorization, tokens);
  const name = header(request, "impersonate-user")[0];
  const groups = header(request, "impersonate-group");
  if (name === undefined) {
    if (groups.length > 0) throw refuse.badRequest("requested [{Group  }] without impersonating a user");
    return user;
  }
  const [, kind, namespace, account] = name.split(":");
  const attributes = { verb: "impersonate", group: "", subresource: "" };
  if (kind === "serviceaccount" && namespace !== undefined && account !== undefined) {
    authorize(store, user, { ...attributes, resource: "serviceaccounts", namespace, name: account });
  } else authorize(store, user, { ...attributes, resource: "users", namespace: "", name });
  for (const group of groups) authorize(store, user, { ...attributes, resource: "groups", namespace: "", name: group });
  const own =
    kind === "serviceaccount" && namespace !== undefined
      ? ["system:serviceaccounts", `system:serviceaccounts:${namespace}`]
      : [];
  return { name, groups: [...new Set([...groups, ...(groups.length === 0 ? own : []), "system:authenticated"])] };
}

function byToken(authorization: string | undefined, tokens: Tokens): User {
  if (authorization === undefined) return ANONYMOUS;
  const token = /^Bearer (.+)$/i.exec(authorization)?.[1];
  const user = token === undefined ? undefined : tokens.read(token);
  if (user === undefined) throw refuse.unauthorized();
  return user;
}

function header(request: IncomingMessage, name: string): string[] {
  return (request.headersDistinct[name] ?? []).filter((value) => value !== "");
}
