import { gitDirectory } from "../git/git-directory.ts";
import { type Commit, readCommits } from "../git/read-commits.ts";
import { objectType } from "../git/read-object.ts";
import { runGit } from "../git/run-git.ts";
import { type Hub, NO_COMMIT, type RefChange } from "../hub.ts";
import { emailOf, loginOfEmail } from "../rest/present-commit.ts";
import { repositoryPage } from "../rest/present-repository.ts";
import type { Repository } from "../state.ts";
import { basePayload } from "./base-payload.ts";

/** The `push` event of a moved ref: its last commits (20 at most, as GitHub's payload has since 2025), oldest first. */
export async function announcePush(hub: Hub, change: RefChange): Promise<void> {
  const { repository, ref, before, after, actor } = change;
  // Reading the commits costs several runs of git, and nobody listens.
  if (!hub.state.hooks.some((hook) => hook.repositoryId === repository.id && hook.active)) return;
  const directory = gitDirectory(hub, repository);
  const deleted = after === NO_COMMIT;
  const isCommit = !deleted && (ref.startsWith("refs/heads/") || (await objectType(directory, after)) === "commit");
  const commits = isCommit ? await newCommits(directory, change) : [];
  const presented = await Promise.all(commits.map((commit) => presentPushed(hub, repository, directory, commit)));
  const [tip] = isCommit && presented.length === 0 ? await readCommits(directory, [after], ["-1"]) : [];
  const head = presented.at(-1) ?? (tip ? await presentPushed(hub, repository, directory, tip) : null);
  const page = repositoryPage(hub, repository);
  const base = basePayload(hub, repository, actor);
  const seconds = (date: string) => Math.floor(Date.parse(date) / 1000);
  const payload = {
    ref,
    before,
    after,
    created: before === NO_COMMIT,
    deleted,
    forced: before !== NO_COMMIT && isCommit && !(await contains(directory, before, after)),
    base_ref: null,
    compare:
      before === NO_COMMIT
        ? `${page}/commit/${after.slice(0, 12)}`
        : `${page}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    commits: presented,
    head_commit: head,
    ...base,
    // In this event alone the times are numbers and the owner has a name and an address.
    repository: {
      ...(base.repository as object), // basePayload's repository is always an object
      created_at: seconds(repository.createdAt),
      pushed_at: seconds(repository.pushedAt),
      stargazers: 0,
      master_branch: repository.defaultBranch,
    },
    pusher: { name: actor, email: emailOf(hub, actor) },
  };
  hub.emit({ repository, event: "push", action: null, payload });
}

async function newCommits(directory: string, { before, after, ref }: RefChange): Promise<Commit[]> {
  const known = before === NO_COMMIT ? ["--not", `--exclude=${ref}`, "--all"] : [`^${before}`];
  const shas = (await runGit(directory, ["rev-list", "--max-count=20", after, ...known])).toString().trim();
  if (shas === "") return [];
  return (await readCommits(directory, shas.split("\n"), ["--no-walk=unsorted"])).toReversed();
}

async function contains(directory: string, older: string, newer: string): Promise<boolean> {
  return await runGit(directory, ["merge-base", "--is-ancestor", older, newer]).then(
    () => true,
    () => false,
  );
}

async function presentPushed(hub: Hub, repository: Repository, directory: string, commit: Commit) {
  const names = await runGit(directory, [
    "diff-tree",
    "--root",
    "--no-commit-id",
    "--name-status",
    "--no-renames",
    "-r",
    "-z",
    commit.sha,
  ]);
  const parts = names.toString().split("\0").filter(Boolean);
  const touched = (letter: string) => parts.filter((_, index) => index % 2 === 1 && parts[index - 1] === letter);
  const person = (one: { name: string; email: string }) => {
    const username = loginOfEmail(hub, one.email);
    return { name: one.name, email: one.email, ...(username ? { username } : {}) };
  };
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.author.date,
    url: `${repositoryPage(hub, repository)}/commit/${commit.sha}`,
    author: person(commit.author),
    committer: person(commit.committer),
    added: touched("A"),
    removed: touched("D"),
    modified: touched("M"),
  };
}
