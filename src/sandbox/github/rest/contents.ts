import { z } from "zod";
import { commitFiles } from "../commit-files.ts";
import { gitDirectory } from "../git/git-directory.ts";
import { objectType, readBlob, resolveCommit } from "../git/read-object.ts";
import { readTree, type TreeEntry } from "../git/read-tree.ts";
import { actorOf } from "../permit.ts";
import { ok } from "./answer.ts";
import { demandWorkflows } from "./demand-workflows.ts";
import { inLines } from "./in-lines.ts";
import { emailOf, presentGitCommit } from "./present-commit.ts";
import { repositoryPage, repositoryUrl } from "./present-repository.ts";
import { notFound, refuse } from "./refuse.ts";
import type { Call, Route } from "./route.ts";

const PATH = "/repos/{owner}/{repo}/contents/{path}";

const person = z.object({ name: z.string(), email: z.string(), date: z.string().optional() });
const common = {
  message: z.string(),
  branch: z.string().optional(),
  committer: person.optional(),
  author: person.optional(),
};
const putting = z.object({ ...common, content: z.string(), sha: z.string().optional() });
const removing = z.object({ ...common, sha: z.string() });

export const contentRoutes: Route[] = [
  { operation: "repos/get-content", method: "GET", path: PATH, permission: ["contents", "read"], handle: read },
  {
    operation: "repos/get-readme",
    method: "GET",
    path: "/repos/{owner}/{repo}/readme",
    permission: ["contents", "read"],
    handle: async (call) => {
      const commit = await commitOf(call);
      const entries = await readTree(gitDirectory(call.hub, call.repository()), commit, false);
      const readme = entries.find((entry) => /^readme(\.md|\.txt)?$/i.test(entry.path));
      return ok(await presentFile(call, commit, readme?.path ?? notFound()));
    },
  },
  {
    operation: "repos/create-or-update-file-contents",
    method: "PUT",
    path: PATH,
    permission: ["contents", "write"],
    handle: async (call) => {
      const wanted = call.body(putting);
      const existed = await demandSha(call, wanted.branch, wanted.sha);
      const { commit, branch } = await write(call, wanted, Buffer.from(wanted.content, "base64"));
      const content = await presentFile(call, commit.sha, call.params.path ?? "", branch);
      // A write answers what the file is now, without its content.
      const { content: _, encoding: __, ...item } = content;
      return {
        status: existed ? 200 : 201,
        body: { content: item, commit: presentGitCommit(call.hub, call.repository(), commit) },
      };
    },
  },
  {
    operation: "repos/delete-file",
    method: "DELETE",
    path: PATH,
    permission: ["contents", "write"],
    handle: async (call) => {
      const wanted = call.body(removing);
      if (!(await demandSha(call, wanted.branch, wanted.sha))) notFound();
      const { commit } = await write(call, wanted, null);
      return ok({ content: null, commit: presentGitCommit(call.hub, call.repository(), commit) });
    },
  },
];

async function read(call: Call) {
  const commit = await commitOf(call);
  const path = (call.params.path ?? "").replace(/^\/+|\/+$/g, "");
  const directory = gitDirectory(call.hub, call.repository());
  const type = await objectType(directory, `${commit}:${path}`);
  if (type === "blob") return ok(await presentFile(call, commit, path));
  if (type !== "tree") notFound();
  const entries = await readTree(directory, `${commit}:${path}`, false);
  return ok(
    entries.map((entry) => presentEntry(call, entry, path === "" ? entry.path : `${path}/${entry.path}`, refOf(call))),
  );
}

async function commitOf(call: Call): Promise<string> {
  const directory = gitDirectory(call.hub, call.repository());
  const commit = await resolveCommit(directory, refOf(call));
  if (commit) return commit;
  return call.query.has("ref")
    ? refuse(404, `No commit found for the ref ${call.query.get("ref")}`)
    : refuse(404, "This repository is empty.");
}

function refOf(call: Call): string {
  return call.query.get("ref") ?? call.repository().defaultBranch;
}

async function presentFile(call: Call, commit: string, path: string, ref = refOf(call)) {
  const directory = gitDirectory(call.hub, call.repository());
  const parent = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
  const entries = await readTree(directory, `${commit}:${parent}`, false);
  const entry = entries.find((one) => one.path === path.slice(parent === "" ? 0 : parent.length + 1)) ?? notFound();
  const content = await readBlob(directory, entry.sha);
  return { ...presentEntry(call, entry, path, ref), content: inLines(content.toString("base64")), encoding: "base64" };
}

/** The schemas `content-file` and `content-directory`. */
function presentEntry(call: Call, entry: TreeEntry, path: string, ref: string) {
  const repository = call.repository();
  const url = repositoryUrl(call.hub, repository);
  const page = repositoryPage(call.hub, repository);
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const kind = entry.type === "blob" ? "file" : entry.type === "tree" ? "dir" : "submodule";
  const links = {
    self: `${url}/contents/${encoded}?ref=${ref}`,
    git: `${url}/git/${entry.type}s/${entry.sha}`,
    html: `${page}/${entry.type}/${ref}/${encoded}`,
  };
  return {
    type: kind,
    size: entry.size ?? 0,
    name: path.slice(path.lastIndexOf("/") + 1),
    path,
    sha: entry.sha,
    url: links.self,
    git_url: links.git,
    html_url: links.html,
    download_url: kind === "file" ? `${page}/raw/${ref}/${encoded}` : null,
    _links: links,
  };
}

/** Whether the file is there; refuses where the given sha is not that of the file, as GitHub does against lost updates. */
async function demandSha(call: Call, branch: string | undefined, sha: string | undefined): Promise<boolean> {
  const repository = call.repository();
  const directory = gitDirectory(call.hub, repository);
  const path = call.params.path ?? "";
  const commit = await resolveCommit(directory, `refs/heads/${branch ?? repository.defaultBranch}`);
  if (!commit && branch && branch !== repository.defaultBranch) refuse(404, `Branch ${branch} not found`);
  const parent = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
  const entries =
    commit && (await objectType(directory, `${commit}:${parent}`)) === "tree"
      ? await readTree(directory, `${commit}:${parent}`, false)
      : [];
  const entry = entries.find((one) => (parent === "" ? one.path : `${parent}/${one.path}`) === path);
  if (!entry) return false;
  if (sha === undefined) refuse(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
  if (sha !== entry.sha) refuse(409, `${path} does not match ${sha}`);
  return true;
}

async function write(
  call: Call,
  wanted: z.output<typeof removing> | z.output<typeof putting>,
  content: Uint8Array | null,
) {
  const { hub, principal } = call;
  demandWorkflows(call, [call.params.path ?? ""]);
  const actor = actorOf(principal, { person: hub.person, appSlug: hub.app.slug });
  const self = { name: actor, email: emailOf(hub, actor), date: hub.now() };
  const committer = wanted.committer ? { ...self, ...wanted.committer } : self;
  const branch = wanted.branch ?? call.repository().defaultBranch;
  const commit = await commitFiles(hub, call.repository(), {
    branch,
    files: { [call.params.path ?? ""]: content },
    message: wanted.message,
    author: wanted.author ? { ...self, ...wanted.author } : committer,
    committer,
    actor,
    byWorkflow: principal.kind === "installation" && principal.workflow,
  });
  return { commit, branch };
}
