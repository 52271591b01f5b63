import type { ConfirmationDialog } from "@slack/types";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Suggestions } from "./client/create-client.ts";
import type { ElementState } from "./elements/element-state.ts";

/** Where an element stands, as Slack names it. */
export interface ElementPlace {
  block_id: string;
  action_id: string;
}

/** What carries blocks (a message, a modal, a Home tab) for the elements in it. */
export interface Surface {
  kind: "message" | "modal" | "home";
  state(place: ElementPlace): ElementState | undefined;
  change(place: ElementPlace, state: ElementState): void;
  /** Sends block_actions, after asking where the element wants that; resolves when it has been answered. */
  act(
    place: ElementPlace,
    input: { value?: string; state?: ElementState; confirm?: ConfirmationDialog },
  ): Promise<void>;
  suggest(place: ElementPlace, value: string): Promise<Suggestions>;
  error(block_id: string): string | undefined;
}

export const SurfaceContext = createContext<Surface>({
  kind: "message",
  state: () => undefined,
  change: () => {},
  act: async () => {},
  suggest: async () => ({ options: [] }),
  error: () => undefined,
});

export function useSurface(): Surface {
  return useContext(SurfaceContext);
}
