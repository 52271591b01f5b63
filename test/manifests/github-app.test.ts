import { globSync, readFileSync } from "node:fs";
import { emitterEventNames } from "@octokit/webhooks";
import { expect, test } from "vitest";
import { z } from "zod";
import { PERMISSIONS as granted } from "../../src/github/permissions.ts";

// https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest#github-app-manifest-parameters
const manifest = z
  .strictObject({
    name: z.string(),
    description: z.string(),
    url: z.url(),
    public: z.literal(false),
    hook_attributes: z.strictObject({ url: z.url(), active: z.boolean() }),
    default_events: z.array(z.string()),
    default_permissions: z.record(z.string(), z.enum(["read", "write"])),
  })
  .parse(JSON.parse(readFileSync("manifests/github-app.json", "utf8")));

const source = globSync("src/github/**/*.ts")
  .map((file) => readFileSync(file, "utf8"))
  .join("\n");

/** Of each call that the code makes: https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps */
const PERMISSIONS: Record<string, Record<string, "read" | "write">> = {
  "actions.cancelWorkflowRun": { actions: "write" },
  "actions.getGithubActionsPermissionsRepository": { administration: "read" },
  "actions.getJobForWorkflowRun": { actions: "read" },
  "actions.listJobsForWorkflowRun": { actions: "read" },
  "actions.getWorkflow": { actions: "read" },
  "actions.listWorkflowRuns": { actions: "read" },
  "actions.reRunWorkflowFailedJobs": { actions: "write" },
  "actions.setGithubActionsPermissionsRepository": { administration: "write" },
  "apps.getAuthenticated": {},
  "apps.getInstallation": {},
  "apps.getOrgInstallation": {},
  "apps.getUserInstallation": {},
  "git.createBlob": { contents: "write" },
  "git.createCommit": { contents: "write" },
  // A template's workflow is in the first commit.
  "git.createTree": { contents: "write", workflows: "write" },
  "git.getBlob": { contents: "read" },
  "git.getCommit": { contents: "read" },
  "git.getRef": { contents: "read" },
  "git.getTree": { contents: "read" },
  "git.updateRef": { contents: "write" },
  "packages.deletePackageForOrg": { packages: "write" },
  "packages.deletePackageForUser": { packages: "write" },
  "rateLimit.get": {},
  "repos.compareCommitsWithBasehead": { contents: "read" },
  "repos.createForAuthenticatedUser": { administration: "write" },
  "repos.createInOrg": { administration: "write" },
  "repos.createWebhook": { repository_hooks: "write" },
  "repos.delete": { administration: "write" },
  "repos.deleteWebhook": { repository_hooks: "write" },
  "repos.get": { metadata: "read" },
  "repos.getCommit": { contents: "read" },
  "repos.listCommits": { contents: "read" },
  "repos.listWebhookDeliveries": { repository_hooks: "read" },
  "repos.listWebhooks": { repository_hooks: "read" },
  "repos.pingWebhook": { repository_hooks: "read" },
  "repos.replaceAllTopics": { administration: "write" },
  "repos.update": { administration: "write" },
  "repos.updateWebhook": { repository_hooks: "write" },
  "users.getAuthenticated": {},
  "users.getByUsername": {},
};

test("the App's manifest asks for the permissions of the calls that the code makes, and for no others", () => {
  const calls = [...source.matchAll(/rest\s*\.\s*([a-zA-Z]+)\s*\.\s*([a-zA-Z]+)/g)].map(
    ([, section, method]) => `${section}.${method}`,
  );
  expect([...new Set(calls)].sort()).toEqual(Object.keys(PERMISSIONS).sort());
  const needed: Record<string, "read" | "write"> = {};
  for (const [name, level] of Object.values(PERMISSIONS).flatMap((each) => Object.entries(each)))
    if (needed[name] !== "write") needed[name] = level;
  expect(manifest.default_permissions).toEqual(needed);
  expect(granted).toEqual(needed);
});

test("the guide has a reason for each permission", () => {
  const guide = readFileSync("docs/guide/security.md", "utf8");
  const names: Record<string, string> = { Webhooks: "repository_hooks" };
  const rows = [...guide.matchAll(/^\| (\w+): (read|write) \| .+ \|$/gm)].map(([, name = "", level]) => [
    names[name] ?? name.toLowerCase(),
    level,
  ]);
  expect(Object.fromEntries(rows)).toEqual(manifest.default_permissions);
});

test("the App itself subscribes to nothing: each repository has a webhook of its own, where the bot takes them", () => {
  expect(manifest.default_events).toEqual([]);
  expect(manifest.hook_attributes.active).toBe(false);
  expect(source).toContain("createWebhook");
  const { pathname } = new URL(manifest.hook_attributes.url);
  expect(readFileSync("src/start/routes-of.ts", "utf8")).toContain(`path: "${pathname}"`);
  expect(readFileSync("src/steps/webhook.ts", "utf8")).toContain(`}${pathname}\``);
});

test("those webhooks are for events that GitHub has", () => {
  const [, list = ""] = /EVENTS = \[(.+)\] as const/.exec(readFileSync("src/steps/webhook.ts", "utf8")) ?? [];
  const events = [...list.matchAll(/"(\w+)"/g)].map(([, event]) => event);
  expect(events).toContain("push");
  expect(emitterEventNames).toEqual(expect.arrayContaining(events));
});
