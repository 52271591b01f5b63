import { pathOf } from "./path-of.ts";
import type { Request } from "./request.ts";

/**
 * What a replica that does not lead passes on to the one that does: that it was told of the project, or that its channel
 * takes messages again.
 */
export const POKES = {
  told: "slipway.dev/requested-at",
  channelOpened: "slipway.dev/channel-opened-at",
} as const;

/**
 * Tells whoever leads what a webhook or an event of Slack's told a replica that does not. As Flux is told, by an
 * annotation with the time. https://fluxcd.io/flux/components/source/gitrepositories/#triggering-a-reconcile
 */
export async function pokeProject(
  request: Request,
  at: { namespace: string; name: string },
  now: Date,
  poke: keyof typeof POKES = "told",
): Promise<void> {
  await request("PATCH", pathOf("Project", at.namespace, at.name), {
    query: { fieldManager: "slipway-poke" },
    body: { metadata: { annotations: { [POKES[poke]]: now.toISOString() } } },
    contentType: "application/merge-patch+json",
  });
}
