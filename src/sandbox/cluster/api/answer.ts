import { refuse } from "../store/refuse.ts";
import { authorize } from "./authorize.ts";
import type { Answer, Call } from "./call.ts";
import { parseRequest } from "./parse-request.ts";
import { PATHS, resourceHandler } from "./routes.ts";

/** Authorizes and answers one authenticated request; refusals are thrown. */
export async function answer(call: Call): Promise<Answer> {
  const { server, method, url, user } = call;
  const wanted = parseRequest(method, url);
  if (wanted === undefined) return answerPath(call);
  const { group, version, resource, subresource, namespace, name, verb } = wanted;
  authorize(server.store, user, { verb, group, resource, subresource, namespace, name });
  const kind = server.store.kinds.at(group, version, resource);
  if (kind === undefined) throw refuse.pageNotFound();
  const resourceCall = { ...call, kind, wanted };
  const handle = resourceHandler(resourceCall);
  if (handle === undefined) throw refuse.notEmulated(`${verb} ${resource}/${subresource}`);
  if (subresource === "" && !kind.verbs.includes(verb)) throw refuse.methodNotAllowed();
  if (subresource === "status" && !kind.status) throw refuse.pageNotFound();
  if (subresource === "scale" && kind.scale === undefined) throw refuse.pageNotFound();
  return handle(resourceCall);
}

function answerPath(call: Call): Answer {
  const { pathname } = call.url;
  authorize(call.server.store, call.user, { verb: call.method.toLowerCase(), path: pathname });
  const route = PATHS.find(({ path }) => path.test(pathname));
  if (route === undefined) throw refuse.notEmulated(`${call.method} ${pathname}`);
  const found = route.handle(call);
  if (found === undefined) throw refuse.pageNotFound();
  return found;
}
