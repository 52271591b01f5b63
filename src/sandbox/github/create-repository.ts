import { createBareRepository } from "./git/create-bare-repository.ts";
import { gitDirectory } from "./git/git-directory.ts";
import type { Hub } from "./hub.ts";
import { takeName } from "./rename-repository.ts";
import type { Repository } from "./state.ts";
import { announceRepository } from "./webhooks/announce-repository.ts";

/** Makes an empty repository and its bare git directory; the name is known to be free. */
export async function createRepository(
  hub: Hub,
  wanted: Pick<Repository, "owner" | "name" | "private"> & Partial<Repository>,
): Promise<Repository> {
  const now = hub.now();
  const repository: Repository = {
    id: hub.nextId(),
    description: null,
    homepage: null,
    defaultBranch: "main",
    topics: [],
    isTemplate: false,
    archived: false,
    features: { issues: true, projects: true, wiki: true },
    createdAt: now,
    updatedAt: now,
    pushedAt: now,
    empty: true,
    actions: {
      enabled: !hub.faults.actionsDisabledForNew,
      allowed: "all",
      defaultPermissions: "read",
      canApprove: false,
    },
    ...wanted,
  };
  await createBareRepository(gitDirectory(hub, repository), repository.defaultBranch);
  takeName(hub, repository);
  hub.state.repositories.push(repository);
  announceRepository(hub, repository, "created");
  return repository;
}
