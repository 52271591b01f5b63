import { findAccount } from "../find.ts";
import type { Hub } from "../hub.ts";
import { nodeId } from "../rest/node-id.ts";
import { presentAccount } from "../rest/present-account.ts";
import { presentRepository } from "../rest/present-repository.ts";
import type { Account, Repository } from "../state.ts";

/** What every repository event carries. https://docs.github.com/en/webhooks/webhook-events-and-payloads */
export function basePayload(hub: Hub, repository: Repository, actor: string): Record<string, unknown> {
  const owner = findAccount(hub.state, repository.owner);
  return {
    repository: { ...presentRepository(hub, repository), custom_properties: {} },
    ...(owner?.type === "Organization" ? { organization: presentOrganization(hub, owner) } : {}),
    sender: presentAccount(hub, actor),
  };
}

/** The schema `organization-simple`. */
export function presentOrganization(hub: Hub, account: Account) {
  const url = `${hub.address.api}/orgs/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId("Organization", account.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${hub.address.server}/avatars/${account.id}`,
    description: null,
  };
}
