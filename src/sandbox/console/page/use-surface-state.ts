import { useCallback, useState } from "preact/hooks";
import type { ElementState, ViewValues } from "./elements/element-state.ts";
import { initialValues } from "./elements/initial-values.ts";
import type { ElementPlace } from "./surface.ts";

/**
 * What a person has put into a surface's inputs. A block that is drawn anew under the same block_id and action_id
 * keeps it, as in Slack; everything else shows its initial value.
 */
export function useSurfaceState(blocks: unknown[]) {
  const [touched, setTouched] = useState<ViewValues>({});
  const initial = initialValues(blocks);
  const values: ViewValues = Object.fromEntries(
    Object.entries(initial).map(([blockId, elements]) => [
      blockId,
      Object.fromEntries(
        Object.entries(elements).map(([actionId, state]) => [actionId, touched[blockId]?.[actionId] ?? state]),
      ),
    ]),
  );
  const change = useCallback(({ block_id, action_id }: ElementPlace, state: ElementState) => {
    setTouched((before) => ({ ...before, [block_id]: { ...before[block_id], [action_id]: state } }));
  }, []);
  return { values, change };
}

/** `values` with one more put into it: what a click tells before the page has been drawn again. */
export function withValue(values: ViewValues, place: ElementPlace, state: ElementState | undefined): ViewValues {
  if (state === undefined) return values;
  return { ...values, [place.block_id]: { ...values[place.block_id], [place.action_id]: state } };
}
