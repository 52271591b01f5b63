import { readCommits } from "../git/read-commits.ts";
import { resolveCommit } from "../git/read-object.ts";
import { runGit } from "../git/run-git.ts";
import { ok } from "./answer.ts";
import { filledDirectory } from "./filled-directory.ts";
import { paginate } from "./paginate.ts";
import { presentCommit } from "./present-commit.ts";
import { repositoryPage, repositoryUrl } from "./present-repository.ts";
import { notFound, refuse } from "./refuse.ts";
import type { Call, Route } from "./route.ts";

const COMMITS = "/repos/{owner}/{repo}/commits";
const READ: Route["permission"] = ["contents", "read"];

export const commitRoutes: Route[] = [
  { operation: "repos/list-commits", method: "GET", path: COMMITS, permission: READ, handle: list },
  { operation: "repos/get-commit", method: "GET", path: `${COMMITS}/{ref}`, permission: READ, handle: get },
  {
    operation: "repos/compare-commits-with-basehead",
    method: "GET",
    path: "/repos/{owner}/{repo}/compare/{basehead}",
    permission: READ,
    handle: compare,
  },
];

async function list(call: Call) {
  const directory = filledDirectory(call);
  const { query } = call;
  const from = query.get("sha") ?? call.repository().defaultBranch;
  const sha = (await resolveCommit(directory, from)) ?? refuse(404, "Not Found");
  const args = (["since", "until", "author"] as const).flatMap((name) =>
    query.has(name) ? [`--${name}=${query.get(name)}`] : [],
  );
  const commits = await readCommits(directory, [sha], args, query.has("path") ? [query.get("path") ?? ""] : []);
  const { items, headers } = paginate(call, commits);
  return ok(
    items.map((commit) => presentCommit(call.hub, call.repository(), commit)),
    headers,
  );
}

async function get(call: Call) {
  const directory = filledDirectory(call);
  const name = call.params.ref ?? "";
  const sha = await resolveCommit(directory, name);
  if (!sha) refuse(422, `No commit found for SHA: ${name}`);
  const [commit] = await readCommits(directory, [sha], ["-1"]);
  if (!commit) notFound();
  const files = await changedFiles(call, directory, commit.parents[0] ?? null, sha);
  const stats = { total: 0, additions: 0, deletions: 0 };
  for (const file of files) {
    stats.additions += file.additions;
    stats.deletions += file.deletions;
    stats.total += file.changes;
  }
  return ok({ ...presentCommit(call.hub, call.repository(), commit), stats, files });
}

async function compare(call: Call) {
  const directory = filledDirectory(call);
  const { hub } = call;
  const [base = "", head = ""] = (call.params.basehead ?? "").split("...");
  const shas = [await resolveCommit(directory, base), await resolveCommit(directory, head)];
  const [from, to] = shas;
  if (!from || !to) notFound();
  const merge = (await runGit(directory, ["merge-base", from, to])).toString().trim();
  const ahead = await readCommits(directory, [to, `^${from}`]);
  const behind = await readCommits(directory, [from, `^${to}`]);
  const [baseCommit] = await readCommits(directory, [from], ["-1"]);
  const [mergeCommit] = await readCommits(directory, [merge], ["-1"]);
  if (!baseCommit || !mergeCommit) notFound();
  const repository = call.repository();
  const page = `${repositoryPage(hub, repository)}/compare/${base}...${head}`;
  const url = `${repositoryUrl(hub, repository)}/compare/${base}...${head}`;
  const status =
    ahead.length > 0 ? (behind.length > 0 ? "diverged" : "ahead") : behind.length > 0 ? "behind" : "identical";
  return ok({
    url,
    html_url: page,
    permalink_url: `${repositoryPage(hub, repository)}/compare/${from}...${to}`,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    base_commit: presentCommit(hub, repository, baseCommit),
    merge_base_commit: presentCommit(hub, repository, mergeCommit),
    status,
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: ahead.toReversed().map((commit) => presentCommit(hub, repository, commit)),
    files: await changedFiles(call, directory, merge, to),
  });
}

const STATUS: Record<string, string> = { A: "added", D: "removed", M: "modified", T: "changed" };

/** The schema `diff-entry`, without patches. */
async function changedFiles(call: Call, directory: string, from: string | null, to: string) {
  const range = from ? [from, to] : ["--root", to];
  const options = ["-r", "-z", "--no-commit-id", "--no-renames", "--raw", "--numstat", "--abbrev=40"];
  const parts = (await runGit(directory, ["diff-tree", ...options, ...range])).toString().split("\0").filter(Boolean);
  const counts = new Map<string, { additions: number; deletions: number }>();
  const raw: { path: string; letter: string; sha: string }[] = [];
  for (const [index, part] of parts.entries()) {
    const changed = /^:\d+ \d+ \w+ (\w+) (\w)/.exec(part);
    if (changed) raw.push({ path: parts[index + 1] ?? "", letter: changed[2] ?? "M", sha: changed[1] ?? "" });
    const counted = /^(\d+|-)\t(\d+|-)\t(.+)$/s.exec(part);
    if (counted)
      counts.set(counted[3] ?? "", { additions: Number(counted[1]) || 0, deletions: Number(counted[2]) || 0 });
  }
  const url = repositoryUrl(call.hub, call.repository());
  const page = repositoryPage(call.hub, call.repository());
  return raw.map(({ path, letter, sha }) => {
    const { additions, deletions } = counts.get(path) ?? { additions: 0, deletions: 0 };
    return {
      sha,
      filename: path,
      status: STATUS[letter] ?? "modified",
      additions,
      deletions,
      changes: additions + deletions,
      blob_url: `${page}/blob/${to}/${path}`,
      raw_url: `${page}/raw/${to}/${path}`,
      contents_url: `${url}/contents/${path}?ref=${to}`,
    };
  });
}
