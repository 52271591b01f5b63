import { ok } from "./answer.ts";
import { limitOf } from "./rate-limit.ts";
import type { Call, Route } from "./route.ts";

export const metaRoutes: Route[] = [
  { operation: "meta/root", method: "GET", path: "/", handle: root },
  { operation: "meta/get", method: "GET", path: "/meta", handle: meta },
  { operation: "meta/get-zen", method: "GET", path: "/zen", handle: () => ok("Speak like a human.") },
  { operation: "rate-limit/get", method: "GET", path: "/rate_limit", handle: limits },
];

/** The schema `root`: where everything is, whether it is emulated or not. */
function root(call: Call) {
  const { api, server } = call.hub.address;
  const search = (kind: string) => `${api}/search/${kind}?q={query}{&page,per_page,sort,order}`;
  return ok({
    current_user_url: `${api}/user`,
    current_user_authorizations_html_url: `${server}/settings/connections/applications{/client_id}`,
    authorizations_url: `${api}/authorizations`,
    code_search_url: search("code"),
    commit_search_url: search("commits"),
    emails_url: `${api}/user/emails`,
    emojis_url: `${api}/emojis`,
    events_url: `${api}/events`,
    feeds_url: `${api}/feeds`,
    followers_url: `${api}/user/followers`,
    following_url: `${api}/user/following{/target}`,
    gists_url: `${api}/gists{/gist_id}`,
    issue_search_url: search("issues"),
    issues_url: `${api}/issues`,
    keys_url: `${api}/user/keys`,
    label_search_url: `${api}/search/labels?q={query}&repository_id={repository_id}{&page,per_page}`,
    notifications_url: `${api}/notifications`,
    organization_url: `${api}/orgs/{org}`,
    organization_repositories_url: `${api}/orgs/{org}/repos{?type,page,per_page,sort}`,
    organization_teams_url: `${api}/orgs/{org}/teams`,
    public_gists_url: `${api}/gists/public`,
    rate_limit_url: `${api}/rate_limit`,
    repository_url: `${api}/repos/{owner}/{repo}`,
    repository_search_url: search("repositories"),
    current_user_repositories_url: `${api}/user/repos{?type,page,per_page,sort}`,
    starred_url: `${api}/user/starred{/owner}{/repo}`,
    starred_gists_url: `${api}/gists/starred`,
    user_url: `${api}/users/{user}`,
    user_organizations_url: `${api}/user/orgs`,
    user_repositories_url: `${api}/users/{user}/repos{?type,page,per_page,sort}`,
    user_search_url: search("users"),
  });
}

function meta(call: Call) {
  const hosts = ["127.0.0.1/32"];
  return ok({
    verifiable_password_authentication: false,
    hooks: hosts,
    web: hosts,
    api: hosts,
    git: hosts,
    packages: hosts,
    actions: hosts,
    domains: { website: [new URL(call.hub.address.server).host] },
  });
}

function limits(call: Call) {
  const limit = limitOf(call.principal);
  const until = call.hub.faults.primaryLimitUntil;
  const now = call.hub.world.clock.now().getTime();
  const limited = now < until;
  const reset = Math.ceil((limited ? until : now + 3_600_000) / 1000);
  const core = { limit, used: limited ? limit : 0, remaining: limited ? 0 : limit, reset };
  const search = { limit: 30, used: 0, remaining: 30, reset };
  return ok({ resources: { core, search }, rate: core });
}
