import { createHash } from "node:crypto";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { gitError } from "./git-error.ts";
import type { GitRepository } from "./git-repository.ts";
import { runGit } from "./run-git.ts";

export type Fetched =
  | { state: "fetched"; revision: string; sha: string; message: string; digest: string; size: number; tree: string }
  /** `listed`: seen without fetching. */
  | { state: "unchanged"; revision: string; listed: boolean }
  | { state: "failed"; message: string };

/**
 * Clones what `spec` names with the real git and lays the files out in `directory`/tree-<sha>; messages are go-git's.
 * A revision that is already `known` is not fetched again, but for a commit: that is looked for in its branch, or in all
 * of them, each time. https://github.com/fluxcd/source-controller/issues/2146
 */
export async function fetchSource(
  spec: GitRepository["spec"],
  options: { directory: string; known?: string; authorization?: string; signal: AbortSignal },
): Promise<Fetched> {
  const { url } = spec;
  const { ref, label } = wanted(spec.ref);
  const run = { directory: options.directory, authorization: options.authorization, signal: options.signal };
  await mkdir(options.directory, { recursive: true });
  const git = join(options.directory, "git");

  if (spec.ref.commit === undefined) {
    const listed = await runGit(["ls-remote", url, ref, `${ref}^{}`], run);
    if (listed.code !== 0) {
      const doing = options.known ? "unable to list remote for" : "unable to clone";
      return { state: "failed", message: `${doing} '${url}': ${await explain(listed.stderr, url, ref, options)}` };
    }
    // An annotated tag is listed twice; the peeled one, last, is the commit.
    const sha = listed.stdout.trim().split("\n").at(-1)?.split("\t")[0] ?? "";
    if (sha === "") {
      return { state: "failed", message: `unable to clone '${url}': couldn't find remote ref "${ref}"` };
    }
    if (options.known === `${label}@sha1:${sha}`) {
      return { state: "unchanged", revision: options.known, listed: true };
    }
  }
  await rm(git, { recursive: true, force: true });
  await runGit(["init", "--quiet", "--bare", git], run);
  const from = spec.ref.commit && !spec.ref.branch ? "refs/heads/*:refs/heads/*" : ref;
  const depth = spec.ref.commit ? [] : ["--depth", "1"];
  const fetched = await runGit(["-C", git, "fetch", "--quiet", "--no-tags", ...depth, url, from], run);
  if (fetched.code !== 0) {
    return { state: "failed", message: `unable to clone '${url}': ${gitError(fetched.stderr, url, ref)}` };
  }
  return await archive(git, spec.ref.commit ?? "FETCH_HEAD", { label, known: options.known }, run);
}

async function archive(
  git: string,
  commitish: string,
  { label, known }: { label: string; known: string | undefined },
  run: { directory: string; signal: AbortSignal },
): Promise<Fetched> {
  const shown = await runGit(["-C", git, "log", "-1", "--format=%H%n%s", commitish], run);
  const [sha = "", message = ""] = shown.stdout.split("\n");
  if (shown.code !== 0 || sha === "") {
    return {
      state: "failed",
      message: `unable to resolve commit object for '${commitish}': object not found`,
    };
  }
  const revision = label === "" ? `sha1:${sha}` : `${label}@sha1:${sha}`;
  if (revision === known) {
    await rm(git, { recursive: true, force: true });
    return { state: "unchanged", revision, listed: false };
  }
  const tree = join(run.directory, `tree-${sha}`);
  const file = join(run.directory, "artifact.tar.gz");
  await rm(tree, { recursive: true, force: true });
  await mkdir(tree, { recursive: true });
  await runGit(["-C", git, `--work-tree=${tree}`, "checkout", "--quiet", "--force", sha, "--", "."], run);
  await runGit(["-C", git, "archive", "--format=tar.gz", "-o", file, sha], run);
  const bytes = await readFile(file);
  await rm(git, { recursive: true, force: true });
  return {
    state: "fetched",
    revision,
    sha,
    message,
    digest: `sha256:${createHash("sha256").update(bytes).digest("hex")}`,
    size: bytes.length,
    tree,
  };
}

/** git keeps to itself what a server says with a 401; go-git tells it. */
async function explain(
  stderr: string,
  url: string,
  ref: string,
  { authorization, signal }: { authorization?: string; signal: AbortSignal },
): Promise<string> {
  const error = gitError(stderr, url, ref);
  if (error !== "authentication required" || !url.startsWith("http")) {
    return error;
  }
  try {
    const headers = authorization === undefined ? {} : { authorization };
    const answer = await fetch(`${url}/info/refs?service=git-upload-pack`, { headers, signal });
    const words = (await answer.text()).trim();
    return words === "" ? error : `${error}: ${words}`;
  } catch {
    return error;
  }
}

/**
 * The remote's name for what is wanted, and how Flux writes it in a revision; a commit comes before all others.
 * https://fluxcd.io/flux/components/source/gitrepositories/#reference
 */
function wanted(ref: GitRepository["spec"]["ref"]): { ref: string; label: string } {
  if (ref.commit) {
    return { ref: `refs/heads/${ref.branch ?? ""}`, label: ref.branch ?? "" };
  }
  if (ref.name) {
    return { ref: ref.name, label: ref.name };
  }
  if (ref.tag) {
    return { ref: `refs/tags/${ref.tag}`, label: ref.tag };
  }
  const branch = ref.branch ?? "master";
  return { ref: `refs/heads/${branch}`, label: branch };
}
