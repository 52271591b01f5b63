import { z } from "zod";
import type { Access } from "../access.ts";
import { findAccount } from "../find.ts";
import { maySee } from "../permit.ts";
import { created, noContent, ok } from "./answer.ts";
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
    handle: createToken,
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

function demandApp(call: Call): void {
  if (call.principal.kind !== "app") refuse(401, "A JSON web token could not be decoded");
}

function demandInstallation(call: Call): void {
  demandApp(call);
  if (call.params.installation_id !== String(call.hub.app.installationId)) notFound();
}

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

const narrowing = z.object({
  repositories: z.array(z.string()).optional(),
  repository_ids: z.array(z.number()).optional(),
  permissions: z.record(z.string(), z.enum(["read", "write", "admin"])).optional(),
});

/** https://docs.github.com/en/rest/apps/apps#create-an-installation-access-token-for-an-app */
function createToken(call: Call) {
  demandInstallation(call);
  const { hub } = call;
  const wanted = call.body(narrowing);
  const all = hub.state.repositories.filter((repository) => repository.owner === hub.owner);
  const chosen =
    wanted.repositories || wanted.repository_ids
      ? all.filter((one) => wanted.repositories?.includes(one.name) || wanted.repository_ids?.includes(one.id))
      : null;
  const asked = (wanted.repositories?.length ?? 0) + (wanted.repository_ids?.length ?? 0);
  if (chosen && chosen.length < asked)
    refuse(
      422,
      "There is at least one repository that does not exist or is not accessible to the parent installation.",
    );
  const held = hub.state.installationPermissions;
  const permissions: Record<string, Access> = wanted.permissions ?? held;
  for (const [name, access] of Object.entries(permissions)) {
    const granted = held[name];
    if (!granted || (granted === "read" && access !== "read"))
      refuse(422, "The permissions requested are not granted to this installation.");
  }
  const token = `ghs_${hub.world.random.text(36, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")}`;
  const expiresAt = new Date(hub.world.clock.now().getTime() + 3_600_000).toISOString().replace(/\.\d+Z$/, "Z");
  hub.state.tokens[token] = {
    kind: "installation",
    workflow: false,
    repositoryIds: chosen?.map((one) => one.id) ?? null,
    permissions: { ...permissions },
    expiresAt,
  };
  return created({
    token,
    expires_at: expiresAt,
    permissions,
    repository_selection: chosen ? "selected" : "all",
    ...(chosen ? { repositories: chosen.map((one) => presentRepository(hub, one)) } : {}),
  });
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
