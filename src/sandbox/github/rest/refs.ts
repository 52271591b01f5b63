import { z } from "zod";
import { gitDirectory } from "../git/git-directory.ts";
import { objectType } from "../git/read-object.ts";
import { readRefs } from "../git/read-refs.ts";
import { runGit } from "../git/run-git.ts";
import { NO_COMMIT } from "../hub.ts";
import { actorOf } from "../permit.ts";
import { created, noContent, ok } from "./answer.ts";
import { filledDirectory } from "./filled-directory.ts";
import { nodeId } from "./node-id.ts";
import { paginate } from "./paginate.ts";
import { repositoryUrl } from "./present-repository.ts";
import { notFound, refuse } from "./refuse.ts";
import type { Call, Route } from "./route.ts";

const GIT = "/repos/{owner}/{repo}/git";

export const refRoutes: Route[] = [
  {
    operation: "git/list-matching-refs",
    method: "GET",
    path: `${GIT}/matching-refs/{ref}`,
    permission: ["contents", "read"],
    handle: async (call) => {
      const refs = await readRefs(gitDirectory(call.hub, call.repository()));
      const matching = [...refs].filter(([name]) => name.startsWith(`refs/${call.params.ref}`));
      const { items, headers } = paginate(call, matching);
      return ok(await Promise.all(items.map(([name, sha]) => presentRef(call, name, sha))), headers);
    },
  },
  {
    operation: "git/get-ref",
    method: "GET",
    path: `${GIT}/ref/{ref}`,
    permission: ["contents", "read"],
    handle: async (call) => {
      const name = `refs/${call.params.ref}`;
      const sha = (await readRefs(filledDirectory(call))).get(name);
      if (!sha) notFound();
      return ok(await presentRef(call, name, sha));
    },
  },
  {
    operation: "git/create-ref",
    method: "POST",
    path: `${GIT}/refs`,
    permission: ["contents", "write"],
    handle: createRef,
  },
  {
    operation: "git/update-ref",
    method: "PATCH",
    path: `${GIT}/refs/{ref}`,
    permission: ["contents", "write"],
    handle: updateRef,
  },
  {
    operation: "git/delete-ref",
    method: "DELETE",
    path: `${GIT}/refs/{ref}`,
    permission: ["contents", "write"],
    handle: async (call) => {
      const directory = filledDirectory(call);
      const ref = `refs/${call.params.ref}`;
      const before = (await readRefs(directory)).get(ref);
      if (!before) refuse(422, "Reference does not exist");
      if (ref === `refs/heads/${call.repository().defaultBranch}`) refuse(422, "Cannot delete the default branch");
      await runGit(directory, ["update-ref", "-d", ref, before]);
      await tell(call, ref, before, NO_COMMIT);
      return noContent();
    },
  },
];

async function createRef(call: Call) {
  const { ref, sha } = call.body(z.object({ ref: z.string(), sha: z.string() }));
  const directory = filledDirectory(call);
  if (!/^refs\/[^/]+\/.+/.test(ref) || !(await isRefName(directory, ref))) {
    refuse(422, `${ref} is not a valid ref name.`);
  }
  if ((await readRefs(directory)).has(ref)) refuse(422, "Reference already exists");
  await demandObject(directory, ref, sha);
  await runGit(directory, ["update-ref", ref, sha, NO_COMMIT]);
  await tell(call, ref, NO_COMMIT, sha);
  return created(await presentRef(call, ref, sha));
}

async function updateRef(call: Call) {
  const { sha, force } = call.body(z.object({ sha: z.string(), force: z.boolean().default(false) }));
  const directory = filledDirectory(call);
  const ref = `refs/${call.params.ref}`;
  const before = (await readRefs(directory)).get(ref);
  if (!before) refuse(422, "Reference does not exist");
  await demandObject(directory, ref, sha);
  if (!force && !(await isAncestor(directory, before, sha))) refuse(422, "Update is not a fast forward");
  await runGit(directory, ["update-ref", ref, sha, before]);
  await tell(call, ref, before, sha);
  return ok(await presentRef(call, ref, sha));
}

async function demandObject(directory: string, ref: string, sha: string): Promise<void> {
  const type = await objectType(directory, sha);
  if (type === null || !/^[0-9a-f]{40}$/.test(sha)) refuse(422, "Object does not exist");
  if (ref.startsWith("refs/heads/") && type !== "commit") refuse(422, "Reference cannot be updated: not a commit");
}

async function isAncestor(directory: string, older: string, newer: string): Promise<boolean> {
  return await runGit(directory, ["merge-base", "--is-ancestor", older, newer]).then(
    () => true,
    () => false,
  );
}

async function isRefName(directory: string, ref: string): Promise<boolean> {
  return await runGit(directory, ["check-ref-format", ref]).then(
    () => true,
    () => false,
  );
}

async function tell(call: Call, ref: string, before: string, after: string): Promise<void> {
  const { hub, principal } = call;
  if (before === after) return;
  const actor = actorOf(principal, { person: hub.person, appSlug: hub.app.slug });
  const byWorkflow = principal.kind === "installation" && principal.workflow;
  await hub.refChanged({ repository: call.repository(), ref, before, after, actor, byWorkflow });
}

async function presentRef(call: Call, ref: string, sha: string) {
  const repository = call.repository();
  const known = ref.startsWith("refs/heads/") ? "commit" : await objectType(gitDirectory(call.hub, repository), sha);
  const type = known ?? "commit";
  const url = `${repositoryUrl(call.hub, repository)}/git`;
  return {
    ref,
    node_id: nodeId("Ref", `${repository.id}:${ref}`),
    url: `${url}/${ref}`,
    object: { sha, type, url: `${url}/${type}s/${sha}` },
  };
}
