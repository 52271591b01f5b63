import { z } from "zod";
import { findAccount } from "../find.ts";
import { maySee } from "../permit.ts";
import { ok } from "./answer.ts";
import { createRepository } from "./create-repository.ts";
import { paginate } from "./paginate.ts";
import { presentFullRepository, presentRepository } from "./present-repository.ts";
import { notFound, refuse } from "./refuse.ts";
import { removeRepository } from "./remove-repository.ts";
import type { Call, Route } from "./route.ts";
import { transferRepository } from "./transfer-repository.ts";
import { updateRepository } from "./update-repository.ts";

export const repositoryRoutes: Route[] = [
  {
    operation: "repos/create-in-org",
    method: "POST",
    path: "/orgs/{org}/repos",
    permission: ["administration", "write"],
    handle: async (call) => {
      const account = findAccount(call.hub.state, call.params.org ?? "");
      if (account?.type !== "Organization") notFound();
      return await createRepository(call, account.login);
    },
  },
  {
    operation: "repos/create-for-authenticated-user",
    method: "POST",
    path: "/user/repos",
    handle: async (call) => {
      // An App's installation has no account of its own to put a repository into.
      if (call.principal.kind === "installation") refuse(403, "Resource not accessible by integration");
      if (call.principal.kind !== "user") refuse(401, "Requires authentication");
      if (!call.principal.scopes.includes("repo")) notFound();
      return await createRepository(call, call.principal.login);
    },
  },
  {
    operation: "repos/list-for-org",
    method: "GET",
    path: "/orgs/{org}/repos",
    handle: (call) => list(call, call.params.org ?? ""),
  },
  {
    operation: "repos/list-for-user",
    method: "GET",
    path: "/users/{username}/repos",
    handle: (call) => list(call, call.params.username ?? ""),
  },
  {
    operation: "repos/get",
    method: "GET",
    path: "/repos/{owner}/{repo}",
    permission: ["metadata", "read"],
    handle: (call) => ok(presentFullRepository(call.hub, call.repository())),
  },
  {
    operation: "repos/update",
    method: "PATCH",
    path: "/repos/{owner}/{repo}",
    permission: ["administration", "write"],
    handle: updateRepository,
  },
  {
    operation: "repos/transfer",
    method: "POST",
    path: "/repos/{owner}/{repo}/transfer",
    permission: ["administration", "write"],
    handle: transferRepository,
  },
  {
    operation: "repos/delete",
    method: "DELETE",
    path: "/repos/{owner}/{repo}",
    permission: ["administration", "write"],
    handle: removeRepository,
  },
  {
    operation: "repos/get-all-topics",
    method: "GET",
    path: "/repos/{owner}/{repo}/topics",
    permission: ["metadata", "read"],
    handle: (call) => ok({ names: call.repository().topics }),
  },
  {
    operation: "repos/replace-all-topics",
    method: "PUT",
    path: "/repos/{owner}/{repo}/topics",
    permission: ["administration", "write"],
    handle: (call) => {
      const { names } = call.body(z.object({ names: z.array(z.string()) }));
      const bad = names.find((name) => !/^[a-z0-9][a-z0-9-]{0,49}$/.test(name.toLowerCase()));
      if (bad !== undefined || names.length > 20) {
        refuse(422, "Validation Failed", {
          errors: [
            "Topics must start with a lowercase letter or number, consist of 50 characters or less, and can include hyphens.",
          ],
        });
      }
      const repository = call.repository();
      repository.topics = names.map((name) => name.toLowerCase());
      return ok({ names: repository.topics });
    },
  },
];

function list(call: Call, owner: string) {
  const account = findAccount(call.hub.state, owner);
  if (!account) notFound();
  const all = call.hub.state.repositories.filter((one) => one.owner === account.login && maySee(call.principal, one));
  const { items, headers } = paginate(call, all.toReversed());
  return ok(
    items.map((one) => presentRepository(call.hub, one)),
    headers,
  );
}
