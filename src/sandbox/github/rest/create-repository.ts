import { commitFiles } from "../commit-files.ts";
import { createRepository as makeRepository } from "../create-repository.ts";
import { findRepository } from "../find.ts";
import { actorOf } from "../permit.ts";
import type { Repository } from "../state.ts";
import { created } from "./answer.ts";
import { emailOf } from "./present-commit.ts";
import { presentFullRepository } from "./present-repository.ts";
import { refuse } from "./refuse.ts";
import { repositoryFields } from "./repository-fields.ts";
import type { Call } from "./route.ts";

/** POST of a new repository, into an organisation or a person's account. */
export async function createRepository(call: Call, owner: string) {
  const { hub } = call;
  const wanted = call.body(repositoryFields);
  const name = wanted.name.replace(/[^A-Za-z0-9._-]+/g, "-");
  if (/^\.{0,2}$/.test(name) || name.length > 100 || name.endsWith(".git")) {
    refuseCreation({ message: `name is ${name === "" ? "missing" : "invalid"}`, code: "custom" });
  }
  if (findRepository(hub.state, owner, name))
    refuseCreation({ code: "custom", message: "name already exists on this account" });
  const repository = await makeRepository(hub, {
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
