import type { Access } from "../access.ts";
import { findAccount } from "../find.ts";
import { may } from "../permit.ts";
import type { Package, PackageVersion } from "../state.ts";
import { noContent, ok } from "./answer.ts";
import { paginate } from "./paginate.ts";
import { presentAccount } from "./present-account.ts";
import { presentRepositoryLite } from "./present-repository.ts";
import { notFound, refuse } from "./refuse.ts";
import type { Call, Route } from "./route.ts";

const owners = [
  { word: "org", base: "/orgs/{org}/packages" },
  { word: "user", base: "/users/{username}/packages" },
] as const;

/** Container packages, of organisations and of people alike. https://docs.github.com/en/rest/packages/packages */
export const packageRoutes: Route[] = owners.flatMap(({ word, base }): Route[] => {
  const one = `${base}/{package_type}/{package_name}`;
  const get = word === "org" ? "for-organization" : "for-user";
  const remove = word === "org" ? "for-org" : "for-user";
  const versions =
    word === "org"
      ? "get-all-package-versions-for-package-owned-by-org"
      : "get-all-package-versions-for-package-owned-by-user";
  return [
    {
      operation: word === "org" ? "packages/list-packages-for-organization" : "packages/list-packages-for-user",
      method: "GET",
      path: base,
      handle: list,
    },
    {
      operation: `packages/get-package-${get}`,
      method: "GET",
      path: one,
      handle: (call) => ok(present(call, find(call, "read"))),
    },
    { operation: `packages/delete-package-${remove}`, method: "DELETE", path: one, handle: removePackage },
    { operation: `packages/${versions}`, method: "GET", path: `${one}/versions`, handle: listVersions },
    {
      operation: `packages/get-package-version-${get}`,
      method: "GET",
      path: `${one}/versions/{package_version_id}`,
      handle: (call) => {
        const known = find(call, "read");
        return ok(presentVersion(call, known, findVersion(call, known)));
      },
    },
    {
      operation: `packages/delete-package-version-${remove}`,
      method: "DELETE",
      path: `${one}/versions/{package_version_id}`,
      handle: (call) => {
        const known = find(call, "write");
        const version = findVersion(call, known);
        known.versions = known.versions.filter((other) => other !== version);
        return noContent();
      },
    },
  ];
});

function ownerOf(call: Call): string {
  return findAccount(call.hub.state, call.params.org ?? call.params.username ?? "")?.login ?? notFound();
}

function find(call: Call, access: Access): Package {
  const owner = ownerOf(call);
  const known =
    call.params.package_type === "container"
      ? call.hub.state.packages.find((one) => one.owner === owner && one.name === call.params.package_name)
      : undefined;
  if (!known || !allowed(call, known, "read")) refuse(404, "Package not found.");
  if (access !== "read" && !allowed(call, known, access)) refuse(403, "Resource not accessible by integration");
  return known;
}

function allowed(call: Call, known: Package, access: Access): boolean {
  if (access === "read" && known.visibility === "public") return true;
  const repository = call.hub.state.repositories.find((one) => one.id === known.repositoryId) ?? null;
  return may(call.principal, "packages", access, repository);
}

function list(call: Call) {
  const owner = ownerOf(call);
  const type = call.query.get("package_type");
  const own =
    type === "container"
      ? call.hub.state.packages.filter((one) => one.owner === owner && allowed(call, one, "read"))
      : [];
  const { items, headers } = paginate(call, own);
  return ok(
    items.map((one) => present(call, one)),
    headers,
  );
}

function listVersions(call: Call) {
  const known = find(call, "read");
  const { items, headers } = paginate(call, known.versions);
  return ok(
    items.map((version) => presentVersion(call, known, version)),
    headers,
  );
}

function removePackage(call: Call) {
  const known = find(call, "write");
  const { state } = call.hub;
  state.packages = state.packages.filter((one) => one !== known);
  return noContent();
}

function findVersion(call: Call, known: Package): PackageVersion {
  return (
    known.versions.find((version) => String(version.id) === call.params.package_version_id) ??
    refuse(404, "Package version not found.")
  );
}

/** The schema `package`. */
function present(call: Call, known: Package) {
  const { hub } = call;
  const repository = hub.state.repositories.find((one) => one.id === known.repositoryId);
  return {
    id: known.id,
    name: known.name,
    package_type: "container",
    owner: presentAccount(hub, known.owner),
    version_count: known.versions.length,
    visibility: known.visibility,
    url: urlOf(call, known),
    created_at: known.createdAt,
    updated_at: known.updatedAt,
    ...(repository ? { repository: presentRepositoryLite(hub, repository) } : {}),
    html_url: `${hub.address.server}/orgs/${known.owner}/packages/container/package/${encodeURIComponent(known.name)}`,
  };
}

/** The schema `package-version`. */
function presentVersion(call: Call, known: Package, version: PackageVersion) {
  const page = `${call.hub.address.server}/orgs/${known.owner}/packages/container/${encodeURIComponent(known.name)}`;
  return {
    id: version.id,
    name: version.digest,
    url: `${urlOf(call, known)}/versions/${version.id}`,
    package_html_url: page,
    html_url: `${page}/${version.id}`,
    created_at: version.createdAt,
    updated_at: version.updatedAt,
    metadata: { package_type: "container", container: { tags: version.tags } },
  };
}

function urlOf(call: Call, known: Package): string {
  const kind = findAccount(call.hub.state, known.owner)?.type === "User" ? "users" : "orgs";
  return `${call.hub.address.api}/${kind}/${known.owner}/packages/container/${encodeURIComponent(known.name)}`;
}
