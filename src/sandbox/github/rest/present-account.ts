import { findAccount } from "../find.ts";
import type { Hub } from "../hub.ts";
import type { Account } from "../state.ts";
import { nodeId } from "./node-id.ts";

/** The schema `simple-user`, which webhooks use too. */
export function presentAccount(hub: Hub, account: { id: number; login: string; type: string } | string) {
  const { id, login, type } = typeof account === "string" ? accountOf(hub, account) : account;
  const url = `${hub.address.api}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id,
    node_id: nodeId(type, id),
    avatar_url: `${hub.address.server}/avatars/${id}`,
    gravatar_id: "",
    url,
    html_url: `${hub.address.server}/${encodeURIComponent(login)}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    site_admin: false,
  };
}

/** Bots (`slipway[bot]`) are no accounts of the state. */
function accountOf(hub: Hub, login: string): { id: number; login: string; type: Account["type"] | "Bot" } {
  const known = findAccount(hub.state, login);
  if (known) return known;
  const id = login === "github-actions[bot]" ? 41898282 : 41000000 + hub.app.id;
  return { id, login, type: "Bot" };
}
