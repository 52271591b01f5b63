import { z } from "zod";
import { findRepository } from "../find.ts";
import { gitDirectory } from "../git/git-directory.ts";
import { runGit } from "../git/run-git.ts";
import { renameRepository } from "../rename-repository.ts";
import { announceRepository } from "../webhooks/announce-repository.ts";
import { ok } from "./answer.ts";
import { presentFullRepository } from "./present-repository.ts";
import { refuse } from "./refuse.ts";
import { repositoryFields } from "./repository-fields.ts";
import type { Call } from "./route.ts";

const update = repositoryFields.partial().omit({ auto_init: true }).extend({
  default_branch: z.string().optional(),
  archived: z.boolean().optional(),
});

/** PATCH of a repository. */
export async function updateRepository(call: Call) {
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
    const from = repository.name;
    renameRepository(call.hub, repository, { owner: repository.owner, name: wanted.name });
    announceRepository(call.hub, repository, "renamed", { repository: { name: { from } } });
  }
  if (wanted.default_branch !== undefined) {
    await runGit(gitDirectory(call.hub, repository), ["symbolic-ref", "HEAD", `refs/heads/${wanted.default_branch}`]);
    repository.defaultBranch = wanted.default_branch;
  }
  if (wanted.description !== undefined) repository.description = wanted.description;
  if (wanted.homepage !== undefined) repository.homepage = wanted.homepage;
  if (wanted.visibility !== undefined) repository.private = wanted.visibility !== "public";
  if (wanted.private !== undefined) repository.private = wanted.private;
  if (wanted.archived !== undefined && wanted.archived !== repository.archived) {
    repository.archived = wanted.archived;
    announceRepository(call.hub, repository, wanted.archived ? "archived" : "unarchived");
  }
  if (wanted.is_template !== undefined) repository.isTemplate = wanted.is_template;
  const { features } = repository;
  features.issues = wanted.has_issues ?? features.issues;
  features.projects = wanted.has_projects ?? features.projects;
  features.wiki = wanted.has_wiki ?? features.wiki;
  repository.updatedAt = call.hub.now();
  return ok(presentFullRepository(call.hub, repository));
}
