import * as z from "zod";
import { refuse } from "../../store/refuse.ts";
import type { Answer, ResourceCall } from "../call.ts";
import { readBody } from "../read-body.ts";

const request = z.object({
  spec: z.object({ audiences: z.array(z.string()).optional(), expirationSeconds: z.number().optional() }).default({}),
});

/** `kubectl create token`: https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-request-v1/ */
export async function token(call: ResourceCall): Promise<Answer> {
  const { server, wanted, kind } = call;
  const found = server.store.storage.read(kind, wanted.namespace, wanted.name);
  if (found === undefined) throw refuse.notFound(kind, wanted.name);
  const { spec } = request.parse((await readBody(call.request)) ?? {});
  const seconds = spec.expirationSeconds ?? 3600;
  const made = server.tokens.issue(`system:serviceaccount:${wanted.namespace}:${wanted.name}`, seconds);
  return {
    status: 201,
    body: {
      kind: "TokenRequest",
      apiVersion: "authentication.k8s.io/v1",
      metadata: {
        name: wanted.name,
        namespace: wanted.namespace,
        creationTimestamp: `${server.world.clock.now().toISOString().slice(0, 19)}Z`,
      },
      spec: {
        audiences: spec.audiences ?? ["https://kubernetes.default.svc.cluster.local"],
        expirationSeconds: seconds,
        boundObjectRef: null,
      },
      status: { token: made.token, expirationTimestamp: `${made.expires.toISOString().slice(0, 19)}Z` },
    },
  };
}
