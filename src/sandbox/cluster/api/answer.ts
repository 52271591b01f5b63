import { refuse } from "../store/refuse.ts";
import { authorize } from "./authorize.ts";
import type { Answer, Call } from "./call.ts";
import { kindCoverage } from "./coverage.ts";
import { subresourcesOf } from "./discovery/subresources-of.ts";
import { parseRequest } from "./parse-request.ts";
import { PATHS, resourceHandler } from "./routes.ts";

/** What Go's router says where there is no route; a group that is not served is one. */
const NO_PAGE: Answer = { status: 404, body: "404 page not found\n", contentType: "text/plain; charset=utf-8" };

/** Authorizes and answers one authenticated request; refusals are thrown. */
export async function answer(call: Call): Promise<Answer> {
  const { server, method, url, user } = call;
  const wanted = parseRequest(method, url);
  if (wanted === undefined) return answerPath(call);
  const { group, version, resource, subresource, namespace, name, verb } = wanted;
  authorize(server.store, user, { verb, group, resource, subresource, namespace, name });
  const kind = server.store.kinds.at(group, version, resource);
  if (kind === undefined) {
    const apiVersion = group === "" ? version : `${group}/${version}`;
    if (kindCoverage[`${apiVersion} ${resource}`] === "not") throw refuse.notEmulated(`${resource} of ${apiVersion}`);
    const known = server.store.kinds
      .all()
      .some((other) => other.group === group && other.version === version && !other.custom);
    if (known) throw refuse.notServed();
    return NO_PAGE;
  }
  const resourceCall = { ...call, kind, wanted };
  const handle = resourceHandler(resourceCall);
  if (handle === undefined) {
    if (subresource !== "" && subresourcesOf(kind).some((one) => one.name === subresource))
      throw refuse.methodNotAllowed();
    throw refuse.notEmulated(`${verb} ${resource}${subresource === "" ? "" : `/${subresource}`}`);
  }
  if (subresource === "" && !kind.verbs.includes(verb)) throw refuse.methodNotAllowed();
  if (subresource === "status" && !kind.status) throw refuse.notServed();
  if (subresource === "scale" && kind.scale === undefined) throw refuse.notServed();
  return handle(resourceCall);
}

function answerPath(call: Call): Answer {
  const { pathname } = call.url;
  authorize(call.server.store, call.user, { verb: call.method.toLowerCase(), path: pathname });
  const route = PATHS.find(({ path }) => path.test(pathname));
  if (route === undefined) throw refuse.notEmulated(`${call.method} ${pathname}`);
  const found = route.handle(call);
  return found ?? NO_PAGE;
}
