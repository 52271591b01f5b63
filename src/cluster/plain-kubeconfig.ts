import { z } from "zod";

/** Words, or the file that they are in. */
export type Source = { text: string } | { file: string };

/** All that it takes to call an API server without help. */
export interface Access {
  server: string;
  authority?: Source;
  serverName?: string;
  insecure?: boolean;
  token?: Source;
  certificate?: { certificate: Source; key: Source };
}

const config = z.object({
  "current-context": z.string().optional(),
  clusters: z.array(z.object({ name: z.string(), cluster: z.unknown() })),
  users: z.array(z.object({ name: z.string(), user: z.unknown() })),
  contexts: z.array(z.object({ name: z.string(), context: z.object({ cluster: z.string(), user: z.string() }) })),
});

/** Strict: what is not named here has a meaning that this does not know. */
const cluster = z.strictObject({
  server: z.string().startsWith("https://"),
  "certificate-authority": z.string().optional(),
  "certificate-authority-data": z.string().optional(),
  "insecure-skip-tls-verify": z.boolean().optional(),
  "tls-server-name": z.string().optional(),
});
const user = z.strictObject({
  token: z.string().optional(),
  tokenFile: z.string().optional(),
  "client-certificate": z.string().optional(),
  "client-certificate-data": z.string().optional(),
  "client-key": z.string().optional(),
  "client-key-data": z.string().optional(),
});

/**
 * What a kubeconfig says of the current or the given context, if it is plain: a token or a client certificate, and
 * nothing in between. https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/
 */
export function plainKubeconfig(content: unknown, context?: string): Access | undefined {
  const { data } = config.safeParse(content);
  const at = data?.contexts.find(({ name }) => name === (context ?? data["current-context"]))?.context;
  const server = cluster.safeParse(data?.clusters.find(({ name }) => name === at?.cluster)?.cluster).data;
  const who = user.safeParse(data?.users.find(({ name }) => name === at?.user)?.user).data;
  if (!server || !who) return undefined;
  const authority = sourceOf(server["certificate-authority-data"], server["certificate-authority"]);
  const certificate = sourceOf(who["client-certificate-data"], who["client-certificate"]);
  const key = sourceOf(who["client-key-data"], who["client-key"]);
  const token = who.token === undefined ? sourceOf(undefined, who.tokenFile) : { text: who.token };
  return {
    server: server.server.replace(/\/$/, ""),
    ...(authority && { authority }),
    ...(server["tls-server-name"] === undefined ? {} : { serverName: server["tls-server-name"] }),
    ...(server["insecure-skip-tls-verify"] && { insecure: true }),
    ...(token && { token }),
    ...(certificate && key && { certificate: { certificate, key } }),
  };
}

function sourceOf(data: string | undefined, file: string | undefined): Source | undefined {
  if (data !== undefined) return { text: Buffer.from(data, "base64").toString("utf8") };
  return file === undefined ? undefined : { file };
}
