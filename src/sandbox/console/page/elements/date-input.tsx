import type { Datepicker, DateTimepicker, Timepicker } from "@slack/types";
import { useSurface } from "../surface.ts";
import type { ElementProps } from "./element-props.ts";
import type { ElementState } from "./element-state.ts";

const INPUT_TYPES = { datepicker: "date", timepicker: "time", datetimepicker: "datetime-local" } as const;

/** Date, time, and both: the browser's own pickers. */
export function DateInput(props: ElementProps<Datepicker | Timepicker | DateTimepicker>) {
  const { element, blockId, label, invalid, dispatches = true } = props;
  const surface = useSurface();
  const place = { block_id: blockId, action_id: element.action_id ?? "" };
  const change = (text: string) => {
    const state = stateOf(element.type, text);
    surface.change(place, state);
    if (dispatches) surface.act(place, { state, confirm: element.confirm });
  };
  return (
    <input
      class="input input-date"
      type={INPUT_TYPES[element.type]}
      value={textOf(surface.state(place))}
      aria-label={label ?? element.type}
      aria-invalid={invalid}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

function stateOf(type: string, text: string): ElementState {
  const value = text === "" ? null : text;
  if (type === "datepicker") return { type, selected_date: value };
  if (type === "timepicker") return { type, selected_time: value };
  return { type, selected_date_time: value === null ? null : Math.floor(new Date(value).getTime() / 1000) };
}

function textOf(state: ElementState | undefined): string {
  if (typeof state?.selected_date_time !== "number") return state?.selected_date ?? state?.selected_time ?? "";
  const at = new Date(state.selected_date_time * 1000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
