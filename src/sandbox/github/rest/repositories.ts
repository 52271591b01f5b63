import { rm } from "node:fs/promises";
import { z } from "zod";
import { commitFiles } from "../commit-files.ts";
import { createRepository } from "../create-repository.ts";
import { findAccount, findRepository } from "../find.ts";
import { gitDirectory } from "../git/git-directory.ts";
import { runGit } from "../git/run-git.ts";
import { actorOf, maySee } from "../permit.ts";
import type { Repository } from "../state.ts";
import { announceRepository } from "../webhooks/announce-repository.ts";
import { created, noContent, ok } from "./answer.ts";
import { paginate } from "./paginate.ts";
import { emailOf } from "./present-commit.ts";
import { presentFullRepository, presentRepository } from "./present-repository.ts";
import { notFound, refuse } from "./refuse.ts";
import type { Call, Route } from "./route.ts";

const creation = z.object({
  name: z.string(),
  description: z.string().nullish(),
  homepage: z.string().nullish(),
  private: z.boolean().optional(),
  visibility: z.enum(["public", "private", "internal"]).optional(),
  has_issues: z.boolean().optional(),
  has_projects: z.boolean().optional(),
  has_wiki: z.boolean().optional(),
  is_template: z.boolean().optional(),
  auto_init: z.boolean().optional(),
});

const update = creation.partial().omit({ auto_init: true }).extend({
  default_branch: z.string().optional(),
  archived: z.boolean().optional(),
});

export const repositoryRoutes: Route[] = [
  {
    operation: "repos/create-in-org",
    method: "POST",
    path: "/orgs/{org}/repos",
    permission: ["administration", "write"],
    handle: async (call) => {
      const account = findAccount(call.hub.state, call.params.org ?? "");
      if (account?.type !== "Organization") notFound();
      return await create(call, account.login);
    },
  },
  {
    operation: "repos/create-for-authenticated-user",
    method: "POST",
    path: "/user/repos",
    handle: async (call) => {
      // An App's installation has no account of its own to put a repository into.
      if (call.principal.kind === "installation") refuse(403, "Resource not accessible by integration");
      if (call.principal.kind !== "user") refuse(401, "Requires authentication");
      if (!call.principal.scopes.includes("repo")) notFound();
      return await create(call, call.principal.login);
    },
  },
  {
    operation: "repos/list-for-org",
    method: "GET",
    path: "/orgs/{org}/repos",
    handle: (call) => list(call, call.params.org ?? ""),
  },
  {
    operation: "repos/list-for-user",
    method: "GET",
    path: "/users/{username}/repos",
    handle: (call) => list(call, call.params.username ?? ""),
  },
  {
    operation: "repos/get",
    method: "GET",
    path: "/repos/{owner}/{repo}",
    permission: ["metadata", "read"],
    handle: (call) => ok(presentFullRepository(call.hub, call.repository())),
  },
  {
    operation: "repos/update",
    method: "PATCH",
    path: "/repos/{owner}/{repo}",
    permission: ["administration", "write"],
    handle: updateRepository,
  },
  {
    operation: "repos/delete",
    method: "DELETE",
    path: "/repos/{owner}/{repo}",
    permission: ["administration", "write"],
    handle: removeRepository,
  },
  {
    operation: "repos/get-all-topics",
    method: "GET",
    path: "/repos/{owner}/{repo}/topics",
    permission: ["metadata", "read"],
    handle: (call) => ok({ names: call.repository().topics }),
  },
  {
    operation: "repos/replace-all-topics",
    method: "PUT",
    path: "/repos/{owner}/{repo}/topics",
    permission: ["administration", "write"],
    handle: (call) => {
      const { names } = call.body(z.object({ names: z.array(z.string()) }));
      const bad = names.find((name) => !/^[a-z0-9][a-z0-9-]{0,49}$/.test(name.toLowerCase()));
      if (bad !== undefined || names.length > 20) {
        refuse(422, "Validation Failed", {
          errors: [
            "Topics must start with a lowercase letter or number, consist of 50 characters or less, and can include hyphens.",
          ],
        });
      }
      const repository = call.repository();
      repository.topics = names.map((name) => name.toLowerCase());
      return ok({ names: repository.topics });
    },
  },
];

async function create(call: Call, owner: string) {
  const { hub } = call;
  const wanted = call.body(creation);
  const name = wanted.name.replace(/[^A-Za-z0-9._-]+/g, "-");
  if (/^\.{0,2}$/.test(name) || name.length > 100 || name.endsWith(".git")) {
    refuseCreation({ message: `name is ${name === "" ? "missing" : "invalid"}`, code: "custom" });
  }
  if (findRepository(hub.state, owner, name))
    refuseCreation({ code: "custom", message: "name already exists on this account" });
  const repository = await createRepository(hub, {
    owner,
    name,
    private: wanted.private ?? (wanted.visibility !== undefined && wanted.visibility !== "public"),
    description: wanted.description ?? null,
    homepage: wanted.homepage ?? null,
    isTemplate: wanted.is_template ?? false,
    features: {
      issues: wanted.has_issues ?? true,
      projects: wanted.has_projects ?? true,
      wiki: wanted.has_wiki ?? true,
    },
  });
  // A token that was narrowed to some repositories reaches the one it makes.
  if (call.principal.kind === "installation") call.principal.repositoryIds?.push(repository.id);
  if (wanted.auto_init) await addReadme(call, repository);
  return created(presentFullRepository(hub, repository));
}

function refuseCreation(error: { code: string; message: string }): never {
  refuse(422, "Repository creation failed.", {
    errors: [{ resource: "Repository", field: "name", ...error }],
    documentation: "https://docs.github.com/rest/repos/repos#create-an-organization-repository",
  });
}

async function addReadme(call: Call, repository: Repository): Promise<void> {
  const actor = actorOf(call.principal, { person: call.hub.person, appSlug: call.hub.app.slug });
  const text = `# ${repository.name}\n${repository.description ? `${repository.description}\n` : ""}`;
  await commitFiles(call.hub, repository, {
    branch: repository.defaultBranch,
    files: { "README.md": Buffer.from(text) },
    message: "Initial commit",
    author: { name: actor, email: emailOf(call.hub, actor), date: call.hub.now() },
    actor,
  });
}

function list(call: Call, owner: string) {
  const account = findAccount(call.hub.state, owner);
  if (!account) notFound();
  const all = call.hub.state.repositories.filter((one) => one.owner === account.login && maySee(call.principal, one));
  const { items, headers } = paginate(call, all.toReversed());
  return ok(
    items.map((one) => presentRepository(call.hub, one)),
    headers,
  );
}

async function updateRepository(call: Call) {
  const repository = call.repository();
  const wanted = call.body(update);
  if (wanted.name !== undefined && wanted.name !== repository.name) {
    if (findRepository(call.hub.state, repository.owner, wanted.name)) {
      refuse(422, "Validation Failed", {
        errors: [
          { resource: "Repository", code: "custom", field: "name", message: "name already exists on this account" },
        ],
      });
    }
    repository.name = wanted.name;
  }
  if (wanted.default_branch !== undefined) {
    await runGit(gitDirectory(call.hub, repository), ["symbolic-ref", "HEAD", `refs/heads/${wanted.default_branch}`]);
    repository.defaultBranch = wanted.default_branch;
  }
  if (wanted.description !== undefined) repository.description = wanted.description;
  if (wanted.homepage !== undefined) repository.homepage = wanted.homepage;
  if (wanted.visibility !== undefined) repository.private = wanted.visibility !== "public";
  if (wanted.private !== undefined) repository.private = wanted.private;
  if (wanted.archived !== undefined) repository.archived = wanted.archived;
  if (wanted.is_template !== undefined) repository.isTemplate = wanted.is_template;
  const { features } = repository;
  features.issues = wanted.has_issues ?? features.issues;
  features.projects = wanted.has_projects ?? features.projects;
  features.wiki = wanted.has_wiki ?? features.wiki;
  repository.updatedAt = call.hub.now();
  return ok(presentFullRepository(call.hub, repository));
}

async function removeRepository(call: Call) {
  const { hub } = call;
  const repository = call.repository();
  if (call.principal.kind === "user" && !call.principal.scopes.includes("delete_repo")) {
    refuse(403, "Must have admin rights to Repository.");
  }
  announceRepository(hub, repository, "deleted");
  const { state } = hub;
  state.repositories = state.repositories.filter((one) => one !== repository);
  state.hooks = state.hooks.filter((hook) => hook.repositoryId !== repository.id);
  state.workflows = state.workflows.filter((workflow) => workflow.repositoryId !== repository.id);
  const runs = new Set(state.runs.filter((run) => run.repositoryId === repository.id).map((run) => run.id));
  state.runs = state.runs.filter((run) => !runs.has(run.id));
  state.jobs = state.jobs.filter((job) => !runs.has(job.runId));
  // Packages of ghcr.io outlive their repository; they only lose the link.
  for (const one of state.packages) if (one.repositoryId === repository.id) one.repositoryId = null;
  await rm(gitDirectory(hub, repository), { recursive: true, force: true });
  return noContent();
}
