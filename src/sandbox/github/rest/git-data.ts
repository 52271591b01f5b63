import { z } from "zod";
import { gitDirectory } from "../git/git-directory.ts";
import { readCommits } from "../git/read-commits.ts";
import { objectType, readBlob, resolveCommit } from "../git/read-object.ts";
import { readRefs } from "../git/read-refs.ts";
import { readTree } from "../git/read-tree.ts";
import { writeBlobs } from "../git/write-blobs.ts";
import { writeCommit } from "../git/write-commit.ts";
import { writeTree } from "../git/write-tree.ts";
import { actorOf } from "../permit.ts";
import { created, ok } from "./answer.ts";
import { nodeId } from "./node-id.ts";
import { emailOf, presentGitCommit } from "./present-commit.ts";
import { repositoryUrl } from "./present-repository.ts";
import { notFound, refuse } from "./refuse.ts";
import type { Call, Route } from "./route.ts";

const GIT = "/repos/{owner}/{repo}/git";

const blob = z.object({ content: z.string(), encoding: z.enum(["utf-8", "base64"]).default("utf-8") });

const tree = z.object({
  base_tree: z.string().optional(),
  tree: z.array(
    z.object({
      path: z.string(),
      mode: z.enum(["100644", "100755", "040000", "160000", "120000"]),
      type: z.enum(["blob", "tree", "commit"]).optional(),
      sha: z.string().nullish(),
      content: z.string().optional(),
    }),
  ),
});

const person = z.object({ name: z.string(), email: z.string(), date: z.iso.datetime({ offset: true }).optional() });
const commit = z.object({
  message: z.string(),
  tree: z.string(),
  parents: z.array(z.string()).default([]),
  author: person.optional(),
  committer: person.optional(),
});

export const gitDataRoutes: Route[] = [
  {
    operation: "git/create-blob",
    method: "POST",
    path: `${GIT}/blobs`,
    permission: ["contents", "write"],
    handle: async (call) => {
      const { content, encoding } = call.body(blob);
      const directory = await filledDirectory(call);
      const [sha = ""] = await writeBlobs(directory, [Buffer.from(content, encoding === "base64" ? "base64" : "utf8")]);
      return created({ sha, url: `${repositoryUrl(call.hub, call.repository())}/git/blobs/${sha}` });
    },
  },
  {
    operation: "git/get-blob",
    method: "GET",
    path: `${GIT}/blobs/{file_sha}`,
    permission: ["contents", "read"],
    handle: async (call) => {
      const directory = await filledDirectory(call);
      const sha = call.params.file_sha ?? "";
      if ((await objectType(directory, sha)) !== "blob") notFound();
      const content = await readBlob(directory, sha);
      const repository = call.repository();
      return ok({
        sha,
        node_id: nodeId("Blob", `${repository.id}:${sha}`),
        size: content.length,
        url: `${repositoryUrl(call.hub, repository)}/git/blobs/${sha}`,
        content: inLines(content.toString("base64")),
        encoding: "base64",
      });
    },
  },
  {
    operation: "git/create-tree",
    method: "POST",
    path: `${GIT}/trees`,
    permission: ["contents", "write"],
    handle: createTree,
  },
  {
    operation: "git/get-tree",
    method: "GET",
    path: `${GIT}/trees/{tree_sha}`,
    permission: ["contents", "read"],
    handle: async (call) => {
      const directory = await filledDirectory(call);
      const name = call.params.tree_sha ?? "";
      const type = await objectType(directory, name);
      if (type !== "tree" && type !== "commit") notFound();
      return ok(await presentTree(call, directory, name, call.query.has("recursive")));
    },
  },
  {
    operation: "git/create-commit",
    method: "POST",
    path: `${GIT}/commits`,
    permission: ["contents", "write"],
    handle: createCommit,
  },
  {
    operation: "git/get-commit",
    method: "GET",
    path: `${GIT}/commits/{commit_sha}`,
    permission: ["contents", "read"],
    handle: async (call) => {
      const directory = await filledDirectory(call);
      const sha = await resolveCommit(directory, call.params.commit_sha ?? "");
      if (!sha) notFound();
      return ok(await presentCommitOf(call, directory, sha));
    },
  },
];

/** The git directory, unless the repository is empty: then GitHub's git data API answers 409. */
export async function filledDirectory(call: Call): Promise<string> {
  const directory = gitDirectory(call.hub, call.repository());
  if ((await readRefs(directory)).size === 0) refuse(409, "Git Repository is empty.");
  return directory;
}

async function createTree(call: Call) {
  const wanted = call.body(tree);
  const directory = await filledDirectory(call);
  if (wanted.base_tree && !["tree", "commit"].includes((await objectType(directory, wanted.base_tree)) ?? "")) {
    refuse(404, "Not Found");
  }
  if (wanted.tree.length === 0) refuse(422, "Invalid tree info");
  const inline = wanted.tree.flatMap((entry) => (entry.content === undefined ? [] : [Buffer.from(entry.content)]));
  const written = (await writeBlobs(directory, inline)).values();
  const changes = [];
  for (const entry of wanted.tree) {
    const bad =
      entry.path === "" ||
      entry.path.startsWith("/") ||
      entry.path.split("/").some((part) => ["", ".", "..", ".git"].includes(part));
    if (bad) refuse(422, "tree.path contains a malformed path component");
    if (entry.content === undefined && entry.sha === undefined)
      refuse(422, "Must supply either tree.sha or tree.content.");
    if (entry.content !== undefined && entry.sha) refuse(422, "Must supply either tree.sha or tree.content, not both.");
    const sha = entry.content === undefined ? (entry.sha ?? null) : (written.next().value ?? null);
    if (sha !== null && entry.mode !== "160000" && (await objectType(directory, sha)) === null)
      refuse(422, `tree.sha ${sha} is not a valid ${entry.type ?? "blob"}`);
    changes.push({ path: entry.path, mode: entry.mode, sha });
  }
  const sha = await writeTree(directory, wanted.base_tree ?? null, changes);
  return created(await presentTree(call, directory, sha, false));
}

async function presentTree(call: Call, directory: string, name: string, recursive: boolean) {
  const url = `${repositoryUrl(call.hub, call.repository())}/git`;
  const entries = await readTree(directory, name, recursive);
  return {
    sha: name,
    url: `${url}/trees/${name}`,
    tree: entries.map(({ path, mode, type, sha, size }) => ({
      path,
      mode,
      type,
      sha,
      ...(size === null ? {} : { size }),
      ...(type === "commit" ? {} : { url: `${url}/${type}s/${sha}` }),
    })),
    truncated: false,
  };
}

async function createCommit(call: Call) {
  const wanted = call.body(commit);
  const { hub } = call;
  const directory = await filledDirectory(call);
  if ((await objectType(directory, wanted.tree)) !== "tree") refuse(422, "Tree SHA does not exist");
  for (const parent of wanted.parents) {
    if ((await objectType(directory, parent)) !== "commit")
      refuse(422, "Parent SHA does not exist or is not a commit object");
  }
  const actor = actorOf(call.principal, { person: hub.person, appSlug: hub.app.slug });
  const self = { name: actor, email: emailOf(hub, actor), date: hub.now() };
  const author = wanted.author ? { ...wanted.author, date: wanted.author.date ?? hub.now() } : self;
  const committer = wanted.committer ? { ...wanted.committer, date: wanted.committer.date ?? hub.now() } : author;
  const { message, parents } = wanted;
  const sha = await writeCommit(directory, { tree: wanted.tree, parents, message, author, committer });
  return created(await presentCommitOf(call, directory, sha));
}

async function presentCommitOf(call: Call, directory: string, sha: string) {
  const [read] = await readCommits(directory, [sha], ["-1"]);
  if (!read) notFound();
  return presentGitCommit(call.hub, call.repository(), read);
}

/** GitHub breaks base64 after each 60 characters. */
export function inLines(base64: string): string {
  return base64.replace(/.{1,60}/g, "$&\n");
}
