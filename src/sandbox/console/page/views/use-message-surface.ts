import type { ClientMessage } from "../../../slack/client-api.ts";
import type { Session } from "../session.ts";
import type { Surface } from "../surface.ts";
import { useSurfaceState, withValue } from "../use-surface-state.ts";
import { useConfirm } from "./confirm.tsx";

/** A message for the elements in it. */
export function useMessageSurface(message: ClientMessage, session: Session): Surface {
  const confirm = useConfirm();
  const { values, change } = useSurfaceState(message.blocks ?? []);
  const spot = { channel: message.channel, message_ts: message.ts };
  return {
    kind: "message",
    state: ({ block_id, action_id }) => values[block_id]?.[action_id],
    change,
    async act(place, { value, state, confirm: question }) {
      if (question !== undefined && !(await confirm(question))) return;
      await session.click({ ...spot, ...place, value, ...selection(state), values: withValue(values, place, state) });
    },
    suggest: (place, value) => session.suggest({ ...spot, ...place, value }),
    error: () => undefined,
  };
}

/** What a click tells of a choice: the input's state. */
export function selection(state: object | undefined): { selected?: unknown } {
  return state === undefined ? {} : { selected: state };
}
