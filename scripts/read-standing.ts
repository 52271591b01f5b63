import { z } from "zod";
import { pathOf } from "../src/cluster/path-of.ts";
import type { Request } from "../src/cluster/request.ts";
import type { KubeObject } from "../src/project/ports/cluster.ts";

const MANAGER = "slipway";
/** Secrets are none of a recording's business. */
const KINDS = [
  ...["GitRepository", "Kustomization", "Deployment", "ReplicaSet", "Pod", "Service", "EndpointSlice"],
  ...["Ingress", "Certificate", "ServiceAccount", "RoleBinding", "Event"],
] as const;
const metadata = z.looseObject({
  name: z.string(),
  managedFields: z.array(z.looseObject({ manager: z.string().optional() })).default([]),
});
const object = z.looseObject({ metadata });
const listing = z.object({ apiVersion: z.string(), items: z.array(object) });

/** What stands in a project's namespaces, and these themselves. */
export async function readStanding(request: Request, namespaces: readonly string[]): Promise<KubeObject[]> {
  const found = await Promise.all(
    namespaces.map(async (namespace) => {
      const itself = await request("GET", pathOf("Namespace", undefined, namespace)).catch(() => undefined);
      const lists = await Promise.all(KINDS.map((kind) => list(request, kind, namespace)));
      return [...(itself === undefined ? [] : [trimmed("v1", "Namespace", object.parse(itself))]), ...lists.flat()];
    }),
  );
  return found.flat();
}

async function list(request: Request, kind: (typeof KINDS)[number], namespace: string): Promise<KubeObject[]> {
  const { apiVersion, items } = listing.parse(await request("GET", pathOf(kind, namespace)));
  return items.filter((item) => kind !== "Event" || isOfSource(item)).map((item) => trimmed(apiVersion, kind, item));
}

const ofSource = z.object({ involvedObject: z.object({ kind: z.literal("GitRepository") }) });

function isOfSource(event: unknown): boolean {
  return ofSource.safeParse(event).success;
}

/** Who owns which field is long, and of use only of what is applied again. */
function trimmed(
  apiVersion: string,
  kind: string,
  { metadata: { managedFields, ...rest }, ...of }: z.output<typeof object>,
) {
  const ours = managedFields.filter(({ manager }) => manager === MANAGER);
  return { ...of, apiVersion, kind, metadata: { ...rest, ...(ours.length > 0 && { managedFields: ours }) } };
}
