import type { Answer, Call, ResourceCall } from "./call.ts";
import { group, groups, resources } from "./discovery/discovery.ts";
import { openApiDocument, openApiIndex } from "./discovery/open-api.ts";
import { openApiV2 } from "./discovery/open-api-v2.ts";
import { version } from "./discovery/version.ts";
import { create } from "./handlers/create.ts";
import { remove, removeAll } from "./handlers/delete.ts";
import { eviction } from "./handlers/eviction.ts";
import { get } from "./handlers/get.ts";
import { list } from "./handlers/list.ts";
import { log } from "./handlers/log.ts";
import { patch } from "./handlers/patch.ts";
import { REVIEWS, review } from "./handlers/review.ts";
import { getScale, setScale } from "./handlers/scale.ts";
import { token } from "./handlers/token.ts";
import { update } from "./handlers/update.ts";
import { watch } from "./handlers/watch.ts";

type PathHandler = (call: Call) => Answer | undefined;
type ResourceHandler = (call: ResourceCall) => Answer | Promise<Answer>;

const healthy: PathHandler = () => ({ status: 200, body: "ok", contentType: "text/plain; charset=utf-8" });

/** Paths that are about no object. A handler that answers nothing does not know the path. */
export const PATHS: readonly { name: string; path: RegExp; handle: PathHandler }[] = [
  { name: "/healthz", path: /^\/healthz$/, handle: healthy },
  { name: "/livez", path: /^\/livez$/, handle: healthy },
  { name: "/readyz", path: /^\/readyz$/, handle: healthy },
  { name: "/version", path: /^\/version\/?$/, handle: version },
  { name: "/api", path: /^\/api\/?$/, handle: groups },
  { name: "/apis", path: /^\/apis\/?$/, handle: groups },
  { name: "/apis/{group}", path: /^\/apis\/[^/]+\/?$/, handle: group },
  { name: "/api/v1", path: /^\/api\/v1\/?$/, handle: resources },
  { name: "/apis/{group}/{version}", path: /^\/apis\/[^/]+\/[^/]+\/?$/, handle: resources },
  { name: "/openapi/v2", path: /^\/openapi\/v2\/?$/, handle: openApiV2 },
  { name: "/openapi/v3", path: /^\/openapi\/v3\/?$/, handle: openApiIndex },
  { name: "/openapi/v3/{path}", path: /^\/openapi\/v3\/.+$/, handle: openApiDocument },
];

/** What can be done with objects of every kind: `verb` or `verb subresource`, or a kind that is only asked. */
export const RESOURCES: Readonly<Record<string, ResourceHandler>> = {
  get,
  list,
  watch,
  create,
  update,
  patch,
  delete: remove,
  deletecollection: removeAll,
  "get status": get,
  "update status": update,
  "patch status": patch,
  "get scale": getScale,
  "update scale": setScale,
  "patch scale": setScale,
  "update finalize": update,
  "create token": token,
  "create eviction": eviction,
  "get log": log,
  ...Object.fromEntries(Object.keys(REVIEWS).map((kind) => [`create ${kind}`, review])),
};

export function resourceHandler({ kind, wanted }: ResourceCall): ResourceHandler | undefined {
  if (wanted.subresource !== "") return RESOURCES[`${wanted.verb} ${wanted.subresource}`];
  return RESOURCES[`${wanted.verb} ${kind.kind}`] ?? RESOURCES[wanted.verb];
}
