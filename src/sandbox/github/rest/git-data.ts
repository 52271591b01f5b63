import { z } from "zod";
import { readCommits } from "../git/read-commits.ts";
import { objectType, readBlob, resolveCommit } from "../git/read-object.ts";
import { writeBlobs } from "../git/write-blobs.ts";
import { writeCommit } from "../git/write-commit.ts";
import { actorOf } from "../permit.ts";
import { created, ok } from "./answer.ts";
import { createTree } from "./create-tree.ts";
import { filledDirectory } from "./filled-directory.ts";
import { inLines } from "./in-lines.ts";
import { nodeId } from "./node-id.ts";
import { emailOf, presentGitCommit } from "./present-commit.ts";
import { repositoryUrl } from "./present-repository.ts";
import { presentTree } from "./present-tree.ts";
import { notFound, refuse } from "./refuse.ts";
import type { Call, Route } from "./route.ts";

const GIT = "/repos/{owner}/{repo}/git";

const blob = z.object({ content: z.string(), encoding: z.enum(["utf-8", "base64"]).default("utf-8") });

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
      const directory = filledDirectory(call);
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
      const directory = filledDirectory(call);
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
      const directory = filledDirectory(call);
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
      const directory = filledDirectory(call);
      const sha = await resolveCommit(directory, call.params.commit_sha ?? "");
      if (!sha) notFound();
      return ok(await presentCommitOf(call, directory, sha));
    },
  },
];

async function createCommit(call: Call) {
  const wanted = call.body(commit);
  const { hub } = call;
  const directory = filledDirectory(call);
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
