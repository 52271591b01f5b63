import type { Access } from "../access.ts";
import type { Repository } from "../state.ts";
import type { Permissions } from "./workflow-file.ts";

const SCOPES = [
  "actions",
  "attestations",
  "checks",
  "contents",
  "deployments",
  "issues",
  "packages",
  "pages",
  "pull_requests",
  "statuses",
];

/** What a job's GITHUB_TOKEN may do. https://docs.github.com/en/actions/security-for-github-actions/security-guides/automatic-token-authentication#permissions-for-the-github_token */
export function tokenPermissions(repository: Repository, wanted: Permissions | undefined): Record<string, Access> {
  const all = (access: Access) =>
    Object.fromEntries(
      [...SCOPES, "metadata"].map((scope) => [scope, scope === "metadata" ? "read" : access] as const),
    );
  if (wanted === undefined) {
    return repository.actions.defaultPermissions === "write"
      ? all("write")
      : { contents: "read", metadata: "read", packages: "read" };
  }
  if (wanted === "read-all") return all("read");
  if (wanted === "write-all") return all("write");
  const given: Record<string, Access> = { metadata: "read" };
  for (const [scope, access] of Object.entries(wanted))
    if (access !== "none") given[scope.replaceAll("-", "_")] = access;
  return given;
}
