import { refuse } from "../../store/refuse.ts";
import type { Answer, ResourceCall } from "../call.ts";

/** `kubectl logs`, as text. What the container wrote is known to the simulated kubelet alone. */
export async function log(call: ResourceCall): Promise<Answer> {
  const { server, kind, wanted, url } = call;
  const pod = server.store.get({ apiVersion: "v1", kind: "Pod", namespace: wanted.namespace, name: wanted.name });
  if (pod === undefined) throw refuse.notFound(kind, wanted.name);
  if (server.podLogs === undefined) throw refuse.notEmulated("GET pods/log without a kubelet");
  const query = url.searchParams;
  const container = query.get("container");
  const tail = query.get("tailLines");
  const text = await server.podLogs(pod, {
    previous: query.get("previous") === "true",
    timestamps: query.get("timestamps") === "true",
    ...(container === null ? {} : { container }),
    ...(tail === null ? {} : { tailLines: Number(tail) }),
  });
  return { status: 200, body: text, contentType: "text/plain" };
}
