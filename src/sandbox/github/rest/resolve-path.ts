import { findRenamed, findRepository } from "../find.ts";
import type { Hub } from "../hub.ts";
import { maySee } from "../permit.ts";
import type { Principal } from "../principal.ts";
import { refuse } from "./refuse.ts";

const BY_NAME = /^\/repos\/([^/]+)\/([^/]+)(\/.*)?$/;
/** Not in the documentation, but what the documented redirects lead to. */
const BY_ID = /^\/repositories\/(\d+)(\/.*)?$/;

/**
 * The path under the repository's present name. One that a repository had before is answered by a redirect: 301 for what
 * only reads, 307 for the rest, so that it is repeated as it was.
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects
 */
export function resolvePath(
  hub: Hub,
  principal: Principal,
  request: { method: string; path: string; query: URLSearchParams },
): string {
  const { method, path, query } = request;
  const [, id, below = ""] = BY_ID.exec(path) ?? [];
  if (id !== undefined) {
    const repository = hub.state.repositories.find((one) => String(one.id) === id);
    return repository ? `/repos/${repository.owner}/${repository.name}${below}` : path;
  }
  const [, owner = "", name = "", rest = ""] = BY_NAME.exec(path) ?? [];
  const renamed = findRepository(hub.state, owner, name) === null ? findRenamed(hub.state, owner, name) : null;
  if (!renamed || !maySee(principal, renamed)) return path;
  const search = query.size > 0 ? `?${query}` : "";
  const location = `${hub.address.api}/repositories/${renamed.id}${rest}${search}`;
  refuse(method === "GET" || method === "HEAD" ? 301 : 307, "Moved Permanently", {
    headers: { location },
    url: location,
    documentation: "https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects",
  });
}
