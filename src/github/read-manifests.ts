import { posix } from "node:path";
import type { Octokit } from "@octokit/rest";
import { parseDocument } from "yaml";
import type { Manifests, RepositoryName } from "../project/ports/github.ts";
import { isStatus } from "./is-status.ts";

const DIRECTORY = "k8s";
/** https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/ */
const KUSTOMIZATION = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;
/** https://github.com/kubernetes-sigs/kustomize/blob/master/examples/remoteBuild.md */
const REMOTE = /^[^\s=]*\/\/|^git@|^github\.com\/|\?ref=|\.git$/;
/** https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
const LINK = "120000";

/** What Flux would apply of a commit, by the tree of `k8s/`; undefined: there is none. */
export async function readManifests(
  octokit: Octokit,
  at: RepositoryName,
  sha: string,
  /** What was found out of a tree: it does not change. */
  known: Map<string, boolean>,
): Promise<Manifests | undefined> {
  const repo = { owner: at.owner, repo: at.name };
  try {
    const { data: root } = await octokit.rest.git.getTree({ ...repo, tree_sha: sha });
    const tree = root.tree.find(({ path, type }) => path === DIRECTORY && type === "tree")?.sha;
    if (tree === undefined) return undefined;
    const reachesOut = known.get(tree) ?? (await looksOutside(octokit, at, tree));
    known.set(tree, reachesOut);
    return { tree, reachesOut };
  } catch (error) {
    if (isStatus(error, 404, 409)) return undefined;
    throw error;
  }
}

/** Does a kustomization in it refer to what lies beside it in the repository, or elsewhere? */
async function looksOutside(octokit: Octokit, at: RepositoryName, tree: string): Promise<boolean> {
  const repo = { owner: at.owner, repo: at.name };
  const { data } = await octokit.rest.git.getTree({ ...repo, tree_sha: tree, recursive: "true" });
  // What could not be seen whole is not taken for the same.
  if (data.truncated) return true;
  for (const { path, sha, type, mode } of data.tree) {
    // A link and a submodule are of what they lead to.
    if (mode === LINK || type === "commit") return true;
    if (type !== "blob" || !KUSTOMIZATION.test(path)) continue;
    const { data: blob } = await octokit.rest.git.getBlob({ ...repo, file_sha: sha });
    const text = Buffer.from(blob.content, "base64").toString("utf8");
    const document = parseDocument(text);
    if (document.errors.length > 0 || textsOf(document.toJS()).some((each) => leaves(posix.dirname(path), each)))
      return true;
  }
  return false;
}

/** Every text in it: which fields hold paths differs from version to version of kustomize. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

/** A base of another repository, or a path that leads out of `k8s/`, `key=path` among them. */
function leaves(directory: string, text: string): boolean {
  if (REMOTE.test(text)) return true;
  const path = text.slice(text.indexOf("=") + 1);
  return /^\.\.(?:\/|$)/.test(posix.join(directory, path));
}
