import { findAccount } from "../find.ts";
import { maySee } from "../permit.ts";
import { noContent, ok } from "./answer.ts";
import { createInstallationToken } from "./create-installation-token.ts";
import { demandApp, demandInstallation } from "./demand-app.ts";
import { nodeId } from "./node-id.ts";
import { paginate } from "./paginate.ts";
import { presentAccount } from "./present-account.ts";
import { presentRepository } from "./present-repository.ts";
import { notFound, refuse } from "./refuse.ts";
import type { Call, Route } from "./route.ts";

const EVENTS = ["push", "registry_package", "repository", "workflow_job", "workflow_run"];

export const appRoutes: Route[] = [
  { operation: "apps/get-authenticated", method: "GET", path: "/app", handle: app },
  {
    operation: "apps/list-installations",
    method: "GET",
    path: "/app/installations",
    handle: (call) => {
      demandApp(call);
      const { items, headers } = paginate(call, [installation(call)]);
      return ok(items, headers);
    },
  },
  {
    operation: "apps/get-installation",
    method: "GET",
    path: "/app/installations/{installation_id}",
    handle: (call) => {
      demandInstallation(call);
      return ok(installation(call));
    },
  },
  {
    operation: "apps/create-installation-access-token",
    method: "POST",
    path: "/app/installations/{installation_id}/access_tokens",
    handle: createInstallationToken,
  },
  {
    operation: "apps/get-org-installation",
    method: "GET",
    path: "/orgs/{org}/installation",
    handle: (call) => installationOf(call, call.params.org),
  },
  {
    operation: "apps/get-user-installation",
    method: "GET",
    path: "/users/{username}/installation",
    handle: (call) => installationOf(call, call.params.username),
  },
  {
    operation: "apps/get-repo-installation",
    method: "GET",
    // Asked with the App's JWT, so the repository is not looked up as the caller's.
    path: "/repos/{owner}/{repo}/installation",
    handle: (call) => installationOf(call, call.params.owner),
  },
  {
    operation: "apps/list-repos-accessible-to-installation",
    method: "GET",
    path: "/installation/repositories",
    handle: repositories,
  },
  {
    operation: "apps/revoke-installation-access-token",
    method: "DELETE",
    path: "/installation/token",
    handle: (call) => {
      const { tokens } = call.hub.state;
      for (const [token, principal] of Object.entries(tokens)) if (principal === call.principal) delete tokens[token];
      return noContent();
    },
  },
];

function app(call: Call) {
  demandApp(call);
  const { hub } = call;
  const url = `${hub.address.server}/apps/${hub.app.slug}`;
  return ok({
    id: hub.app.id,
    slug: hub.app.slug,
    node_id: nodeId("Integration", hub.app.id),
    client_id: `Iv1.${hub.app.id}`,
    owner: presentAccount(hub, hub.owner),
    name: "Slipway",
    description: "",
    external_url: url,
    html_url: url,
    created_at: accountTime(call),
    updated_at: accountTime(call),
    permissions: hub.state.installationPermissions,
    events: EVENTS,
    installations_count: 1,
  });
}

function installation(call: Call) {
  const { hub } = call;
  const account = findAccount(hub.state, hub.owner);
  const url = `${hub.address.api}/app/installations/${hub.app.installationId}`;
  return {
    id: hub.app.installationId,
    account: presentAccount(hub, hub.owner),
    repository_selection: "all",
    access_tokens_url: `${url}/access_tokens`,
    repositories_url: `${hub.address.api}/installation/repositories`,
    html_url: `${hub.address.server}/organizations/${hub.owner}/settings/installations/${hub.app.installationId}`,
    app_id: hub.app.id,
    app_slug: hub.app.slug,
    target_id: account?.id ?? 0,
    target_type: account?.type ?? "Organization",
    permissions: hub.state.installationPermissions,
    events: EVENTS,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    created_at: accountTime(call),
    updated_at: accountTime(call),
    suspended_by: null,
    suspended_at: null,
  };
}

function accountTime(call: Call): string {
  return findAccount(call.hub.state, call.hub.owner)?.createdAt ?? call.hub.now();
}

function installationOf(call: Call, login: string | undefined) {
  demandApp(call);
  if (login?.toLowerCase() !== call.hub.owner.toLowerCase()) notFound();
  return ok(installation(call));
}

function repositories(call: Call) {
  const { hub, principal } = call;
  if (principal.kind !== "installation")
    refuse(
      403,
      "You must authenticate with an installation access token in order to list repositories for an installation.",
    );
  const visible = hub.state.repositories.filter(
    (one) => one.owner === hub.owner && maySee(principal, { ...one, private: true }),
  );
  const { items, headers } = paginate(call, visible);
  return ok(
    {
      total_count: visible.length,
      repositories: items.map((one) => presentRepository(hub, one)),
      repository_selection: principal.repositoryIds ? "selected" : "all",
    },
    headers,
  );
}
