import type { ClientView } from "../../../slack/client-api.ts";
import type { Session } from "../session.ts";
import type { Surface } from "../surface.ts";
import { useSurfaceState, withValue } from "../use-surface-state.ts";
import { useConfirm } from "./confirm.tsx";
import { selection } from "./use-message-surface.ts";

/** A modal or a Home tab for the elements in it. */
export function useViewSurface(view: ClientView, session: Session, errors: Record<string, string>) {
  const confirm = useConfirm();
  const { values, change } = useSurfaceState(view.blocks);
  const surface: Surface = {
    kind: view.type,
    state: ({ block_id, action_id }) => values[block_id]?.[action_id],
    change,
    async act(place, { value, state, confirm: question }) {
      if (question !== undefined && !(await confirm(question))) return;
      const click = { view_id: view.id, ...place, value, ...selection(state) };
      await session.click({ ...click, values: withValue(values, place, state) });
    },
    suggest: (place, value) => session.suggest({ view_id: view.id, ...place, value }),
    error: (blockId) => errors[blockId],
  };
  return { surface, values };
}
