import { gitDirectory } from "../git/git-directory.ts";
import { readCommits } from "../git/read-commits.ts";
import { readRefs } from "../git/read-refs.ts";
import { ok } from "./answer.ts";
import { paginate } from "./paginate.ts";
import { presentCommit } from "./present-commit.ts";
import { repositoryPage, repositoryUrl } from "./present-repository.ts";
import { refuse } from "./refuse.ts";
import type { Call, Route } from "./route.ts";

const BRANCHES = "/repos/{owner}/{repo}/branches";
const READ: Route["permission"] = ["contents", "read"];

export const branchRoutes: Route[] = [
  { operation: "repos/list-branches", method: "GET", path: BRANCHES, permission: READ, handle: list },
  { operation: "repos/get-branch", method: "GET", path: `${BRANCHES}/{branch}`, permission: READ, handle: get },
  { operation: "repos/list-tags", method: "GET", path: "/repos/{owner}/{repo}/tags", permission: READ, handle: tags },
];

async function list(call: Call) {
  const refs = await readRefs(gitDirectory(call.hub, call.repository()));
  const branches = [...refs].filter(([name]) => name.startsWith("refs/heads/"));
  const { items, headers } = paginate(call, branches);
  const url = repositoryUrl(call.hub, call.repository());
  return ok(
    items.map(([name, sha]) => ({
      name: name.slice(11),
      commit: { sha, url: `${url}/commits/${sha}` },
      protected: false,
    })),
    headers,
  );
}

async function get(call: Call) {
  const { hub, params } = call;
  const repository = call.repository();
  const directory = gitDirectory(hub, repository);
  const sha = (await readRefs(directory)).get(`refs/heads/${params.branch}`);
  const [commit] = sha ? await readCommits(directory, [sha], ["-1"]) : [];
  if (!commit) refuse(404, "Branch not found");
  const url = `${repositoryUrl(hub, repository)}/branches/${params.branch}`;
  return ok({
    name: params.branch,
    commit: presentCommit(hub, repository, commit),
    _links: { self: url, html: `${repositoryPage(hub, repository)}/tree/${params.branch}` },
    protected: false,
    protection: { enabled: false, required_status_checks: { enforcement_level: "off", contexts: [], checks: [] } },
    protection_url: `${url}/protection`,
  });
}

async function tags(call: Call) {
  const refs = await readRefs(gitDirectory(call.hub, call.repository()));
  const url = repositoryUrl(call.hub, call.repository());
  const { items, headers } = paginate(
    call,
    [...refs].filter(([name]) => name.startsWith("refs/tags/")),
  );
  return ok(
    items.map(([ref, sha]) => {
      const name = ref.slice(10);
      return {
        name,
        zipball_url: `${url}/zipball/${ref}`,
        tarball_url: `${url}/tarball/${ref}`,
        commit: { sha, url: `${url}/commits/${sha}` },
        node_id: Buffer.from(`${url}${ref}`).toString("base64"),
      };
    }),
    headers,
  );
}
