import type { Octokit } from "@octokit/rest";
import type { NewRepository, Repository } from "../project/ports/github.ts";
import { Problem } from "../project/problem.ts";
import { shorten } from "../project/shorten.ts";
import { isStatus } from "./is-status.ts";
import type { Owner } from "./read-owner.ts";
import { toRepository } from "./read-repository.ts";
import { type Sleep, untilReady } from "./until-ready.ts";

/**
 * Makes it with a first commit of GitHub's own (`auto_init`), because an empty repository has no git data API
 * (409 `Git Repository is empty.`), and comes back once that API answers.
 * https://docs.github.com/en/rest/git/trees, https://docs.github.com/en/rest/repos/repos#create-an-organization-repository
 */
export async function createRepository(
  octokit: Octokit,
  owner: Owner,
  wanted: NewRepository,
  sleep: Sleep,
): Promise<Repository> {
  const settings = {
    name: wanted.name,
    description: wanted.description,
    private: wanted.visibility === "private",
    auto_init: true,
    // Not sent again after a 502: it may have been made, and then the second answer would be "already exists".
    request: { retries: 0 },
  };
  const made = await refuseInWords(wanted, async () =>
    owner.kind === "organization"
      ? (await octokit.rest.repos.createInOrg({ org: owner.login, ...settings })).data
      : (await createForUser(octokit, owner.login, settings)).data,
  );
  const repository = toRepository(made);
  await untilReady(sleep, () =>
    octokit.rest.git.getRef({
      owner: repository.owner,
      repo: repository.name,
      ref: `heads/${repository.defaultBranch}`,
    }),
  );
  return repository;
}

/** `POST /user/repos` makes it for whoever the token belongs to; an App belongs to nobody. */
async function createForUser(octokit: Octokit, login: string, settings: { name: string }) {
  const refused = ({ evidence }: { evidence: string }) =>
    new Problem("github-permission-missing", {
      destiny: { kind: "person" },
      params: { permission: "own-token", where: "developer-settings", owner: login },
      evidence,
    });
  let me: string;
  try {
    me = (await octokit.rest.users.getAuthenticated()).data.login;
  } catch (error) {
    if (!isStatus(error, 403)) throw error;
    // https://docs.github.com/en/rest/repos/repos#create-a-repository-for-the-authenticated-user is not for installations.
    throw refused({ evidence: `a GitHub App cannot create repositories in ${login}'s personal account` });
  }
  if (me.toLowerCase() !== login.toLowerCase()) {
    throw refused({ evidence: `the token belongs to ${me}, who cannot create repositories for ${login}` });
  }
  return octokit.rest.repos.createForAuthenticatedUser(settings);
}

async function refuseInWords<T>(wanted: NewRepository, create: () => Promise<T>): Promise<T> {
  try {
    return await create();
  } catch (error) {
    if (!isStatus(error, 422)) throw error;
    const params = { repository: `${wanted.owner}/${wanted.name}` };
    const options = { destiny: { kind: "person" } as const, params, cause: error };
    const evidence = shorten(error.message);
    if (/name already exists/i.test(error.message)) {
      throw new Problem("repo-name-taken", { ...options, evidence: "name already exists on this account" });
    }
    if (/"field":"name"/.test(error.message)) throw new Problem("repo-name-illegal", { ...options, evidence });
    throw error;
  }
}
