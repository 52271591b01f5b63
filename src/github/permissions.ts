/** What the App must have been granted: manifests/github-app.json, and a test holds the two together. */
export const PERMISSIONS: Readonly<Record<string, "read" | "write">> = {
  actions: "write",
  administration: "write",
  contents: "write",
  metadata: "read",
  packages: "write",
  repository_hooks: "write",
  workflows: "write",
};

/** Likewise of a classic token, each with what contains it. https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps#available-scopes */
export const SCOPES: Readonly<Record<string, readonly string[]>> = {
  repo: ["repo"],
  workflow: ["workflow"],
  "admin:repo_hook": ["admin:repo_hook", "repo"],
  delete_repo: ["delete_repo"],
  "read:packages": ["read:packages", "write:packages", "delete:packages"],
};
