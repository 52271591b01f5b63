import { findAccount } from "../find.ts";
import { presentOrganization } from "../webhooks/base-payload.ts";
import { ok } from "./answer.ts";
import { presentAccount } from "./present-account.ts";
import { notFound, refuse } from "./refuse.ts";
import type { Call, Route } from "./route.ts";

export const accountRoutes: Route[] = [
  { operation: "users/get-authenticated", method: "GET", path: "/user", handle: self },
  {
    operation: "users/get-by-username",
    method: "GET",
    path: "/users/{username}",
    handle: (call) => ok(full(call, call.params.username ?? "")),
  },
  { operation: "orgs/get", method: "GET", path: "/orgs/{org}", handle: organization },
];

function self(call: Call) {
  const { principal } = call;
  if (principal.kind === "anonymous") refuse(401, "Requires authentication");
  if (principal.kind !== "user") refuse(403, "Resource not accessible by integration");
  return ok(full(call, principal.login), { "x-oauth-scopes": principal.scopes.join(", ") });
}

/** The schema `public-user`. */
function full(call: Call, login: string) {
  const account = findAccount(call.hub.state, login);
  if (!account) notFound();
  return {
    ...presentAccount(call.hub, account),
    name: account.name,
    company: null,
    blog: "",
    location: null,
    email: null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: publicRepositories(call, account.login),
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: account.createdAt,
    updated_at: account.createdAt,
  };
}

/** The schema `organization-full`. */
function organization(call: Call) {
  const account = findAccount(call.hub.state, call.params.org ?? "");
  if (account?.type !== "Organization") notFound();
  return ok({
    ...presentOrganization(call.hub, account),
    name: account.name,
    is_verified: false,
    has_organization_projects: true,
    has_repository_projects: true,
    public_repos: publicRepositories(call, account.login),
    public_gists: 0,
    followers: 0,
    following: 0,
    html_url: `${call.hub.address.server}/${account.login}`,
    type: "Organization",
    archived_at: null,
    created_at: account.createdAt,
    updated_at: account.createdAt,
  });
}

function publicRepositories(call: Call, owner: string): number {
  return call.hub.state.repositories.filter((repository) => repository.owner === owner && !repository.private).length;
}
