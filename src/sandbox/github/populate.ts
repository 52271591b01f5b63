import type { Access } from "./access.ts";
import type { Hub } from "./hub.ts";

export const PERSON = "ada";
export const PULL_USERNAME = "slipway-pull";

const SCOPES = [
  "repo",
  "workflow",
  "delete_repo",
  "admin:repo_hook",
  "read:packages",
  "write:packages",
  "delete:packages",
];
const PERMISSIONS: Record<string, Access> = {
  actions: "write",
  administration: "write",
  contents: "write",
  metadata: "read",
  packages: "write",
  pull_requests: "write",
  repository_hooks: "write",
  workflows: "write",
};

/** Accounts, the App's permissions and the tokens of a GitHub that is new; an older one has them. */
export function populate(hub: Hub): void {
  const { state } = hub;
  if (state.accounts.length === 0) {
    addAccount(hub, hub.owner, "Organization");
    addAccount(hub, PERSON, "User");
    addAccount(hub, PULL_USERNAME, "User");
    Object.assign(state.installationPermissions, PERMISSIONS);
    const { random } = hub.world;
    state.credentials = { token: `ghp_${random.text(36)}`, pullToken: `ghp_${random.text(36)}` };
  }
  state.tokens[state.credentials.token] = { kind: "user", login: PERSON, scopes: [...SCOPES] };
}

function addAccount(hub: Hub, login: string, type: "Organization" | "User"): void {
  hub.state.accounts.push({ id: hub.nextId(), login, type, name: login, createdAt: hub.now() });
}
