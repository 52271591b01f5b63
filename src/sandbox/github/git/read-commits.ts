import { runGit } from "./run-git.ts";

export interface Person {
  name: string;
  email: string;
  /** ISO 8601, in UTC. */
  date: string;
}

export interface Commit {
  sha: string;
  tree: string;
  parents: string[];
  author: Person;
  committer: Person;
  message: string;
}

const FORMAT = ["%H", "%T", "%P", "%an", "%ae", "%aI", "%cn", "%ce", "%cI", "%B"].join("%x1f");

/** Commits reachable from `names`, newest first. `args` are further options of git log. */
export async function readCommits(
  directory: string,
  names: string[],
  args: string[] = [],
  paths: string[] = [],
): Promise<Commit[]> {
  const text = await runGit(directory, [
    "log",
    "-z",
    `--format=${FORMAT}`,
    ...args,
    "--end-of-options",
    ...names,
    "--",
    ...paths,
  ]);
  return text.toString().split("\0").filter(Boolean).map(parseCommit);
}

function parseCommit(text: string): Commit {
  const [sha = "", tree = "", parents = "", an = "", ae = "", ad = "", cn = "", ce = "", cd = "", message = ""] =
    text.split("\x1f");
  return {
    sha,
    tree,
    parents: parents.split(" ").filter(Boolean),
    author: { name: an, email: ae, date: inUtc(ad) },
    committer: { name: cn, email: ce, date: inUtc(cd) },
    message: message.replace(/\n+$/, ""),
  };
}

function inUtc(date: string): string {
  return `${new Date(date).toISOString().slice(0, 19)}Z`;
}
