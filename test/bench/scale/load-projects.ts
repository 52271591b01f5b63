import { Agent, fetch } from "undici";
import { pathOf } from "../../../src/cluster/path-of.ts";
import { UID_ANNOTATION } from "../../../src/project/ownership.ts";
import type { KubeObject } from "../../../src/project/ports/cluster.ts";
import type { ApiServer } from "../start-api-server.ts";
import { nameOf, objectsOf } from "./objects-of.ts";

/** Projects that are written at a time; of each, its objects one after another. */
const AT_ONCE = 48;

export type Call = (
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
) => Promise<KubeObject>;

/** An administrator's calls of the API server. */
export function callsOf({ url, token, authority }: ApiServer): Call {
  const dispatcher = new Agent({ connections: AT_ONCE, connect: { ca: authority } });
  return async (method, path, body) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        "Content-Type": method === "PATCH" ? "application/merge-patch+json" : "application/json",
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      dispatcher,
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer.slice(0, 500)}`);
    return JSON.parse(answer);
  };
}

/** Makes the projects from one index to another (not included), as a launch would have left them. */
export async function loadProjects(from: number, to: number, call: Call, objects: typeof objectsOf = objectsOf) {
  let next = from;
  const work = async () => {
    while (next < to) await loadProject(nameOf(next++), call, objects);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function loadProject(name: string, call: Call, objects: typeof objectsOf) {
  const [project, ...others] = objects(name);
  if (!project) return;
  const { uid } = (await write(project, call)).metadata;
  for (const object of others) {
    const { annotations } = object.metadata;
    if (annotations && UID_ANNOTATION in annotations) annotations[UID_ANNOTATION] = uid ?? "";
    await write(object, call);
  }
}

async function write(object: KubeObject, call: Call): Promise<KubeObject> {
  const { kind, metadata, status } = object;
  const made = await call("POST", pathOf(kind, metadata.namespace), object);
  if (status === undefined) return made;
  return call("PUT", `${pathOf(kind, metadata.namespace, metadata.name)}/status`, { ...made, status });
}
