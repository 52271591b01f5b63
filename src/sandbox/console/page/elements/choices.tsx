import type { Checkboxes, Option, RadioButtons } from "@slack/types";
import { useId } from "preact/hooks";
import { useSurface } from "../surface.ts";
import { TextObject } from "../text/text-object.tsx";
import type { ElementProps } from "./element-props.ts";

/** Checkboxes and radio buttons. */
export function Choices({ element, blockId, invalid, dispatches = true }: ElementProps<Checkboxes | RadioButtons>) {
  const surface = useSurface();
  const name = useId();
  const place = { block_id: blockId, action_id: element.action_id ?? "" };
  const single = element.type === "radio_buttons";
  const state = surface.state(place);
  const chosen = new Set(
    (single ? [state?.selected_option] : (state?.selected_options ?? [])).map((option) => optionValue(option)),
  );
  const toggle = (option: Option, checked: boolean) => {
    const values = new Set(chosen);
    if (checked) values.add(option.value);
    else values.delete(option.value);
    const next = single
      ? { type: element.type, selected_option: option }
      : { type: element.type, selected_options: element.options.filter(({ value }) => values.has(value)) };
    surface.change(place, next);
    if (dispatches) surface.act(place, { state: next, confirm: element.confirm });
  };
  return (
    <div class="choices">
      {element.options.map((option) => (
        <label key={option.value} class="choice">
          <input
            type={single ? "radio" : "checkbox"}
            name={name}
            value={option.value}
            checked={chosen.has(option.value)}
            aria-invalid={invalid}
            onChange={(event) => toggle(option, event.currentTarget.checked)}
          />
          <span>
            <TextObject text={option.text} />
            {option.description && (
              <small>
                <TextObject text={option.description} />
              </small>
            )}
          </span>
        </label>
      ))}
    </div>
  );
}

function optionValue(option: unknown): string | undefined {
  return typeof option === "object" && option !== null && "value" in option ? String(option.value) : undefined;
}
