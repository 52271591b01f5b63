/** What the app must have been granted: manifests/slack-app.yaml has the reason for each, and a test holds the two together. */
export const SCOPES: readonly string[] = [
  "app_mentions:read",
  "channels:history",
  "groups:history",
  "channels:read",
  "groups:read",
  "chat:write",
  "commands",
  "im:write",
  "usergroups:read",
  "users:read.email",
];
