import { pathOf } from "./path-of.ts";
import type { Request } from "./request.ts";

export const POKE_ANNOTATION = "slipway.dev/requested-at";

/**
 * Tells whoever leads to look at a project: what a webhook or a button told a replica that does not. As Flux is told, by
 * an annotation with the time. https://fluxcd.io/flux/components/source/gitrepositories/#triggering-a-reconcile
 */
export async function pokeProject(request: Request, at: { namespace: string; name: string }, now: Date): Promise<void> {
  await request("PATCH", pathOf("Project", at.namespace, at.name), {
    query: { fieldManager: "slipway-poke" },
    body: { metadata: { annotations: { [POKE_ANNOTATION]: now.toISOString() } } },
    contentType: "application/merge-patch+json",
  });
}
