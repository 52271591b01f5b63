import type { EmailInput, NumberInput, PlainTextInput, URLInput } from "@slack/types";
import { useEffect, useRef } from "preact/hooks";
import { useSurface } from "../surface.ts";
import type { ElementProps } from "./element-props.ts";

type TextElement = PlainTextInput | EmailInput | URLInput | NumberInput;

/** How long a person has paused when on_character_entered is told; Slack waits about as long. */
const PAUSE = 300;

/** https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element and its kin */
export function TextInput({ element, blockId, label, invalid, dispatches = false }: ElementProps<TextElement>) {
  const surface = useSurface();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const place = { block_id: blockId, action_id: element.action_id ?? "" };
  const value = surface.state(place)?.value ?? "";
  // https://docs.slack.dev/reference/block-kit/composition-objects/dispatch-action-configuration-object
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];

  const act = (text: string) => {
    clearTimeout(timer.current);
    surface.act(place, { value: text, state: { type: element.type, value: text || null } });
  };
  const change = (text: string) => {
    surface.change(place, { type: element.type, value: text === "" ? null : text });
    clearTimeout(timer.current);
    if (dispatches && triggers.includes("on_character_entered")) timer.current = setTimeout(() => act(text), PAUSE);
  };
  const key = (event: KeyboardEvent & { currentTarget: { value: string } }) => {
    if (event.key !== "Enter" || !dispatches || !triggers.includes("on_enter_pressed")) return;
    event.preventDefault();
    act(event.currentTarget.value);
  };

  useEffect(() => {
    if (element.focus_on_load) input.current?.focus();
    return () => clearTimeout(timer.current);
  }, [element.focus_on_load]);

  const shared = {
    class: "input",
    ref: input,
    value,
    placeholder: element.placeholder?.text,
    "aria-label": label,
    "aria-invalid": invalid,
    onInput: (event: { currentTarget: { value: string } }) => change(event.currentTarget.value),
    onKeyDown: key,
  };
  if (element.type === "plain_text_input") {
    const length = { minLength: element.min_length, maxLength: element.max_length };
    if (element.multiline) return <textarea rows={4} {...shared} {...length} />;
    return <input type="text" autocomplete="off" spellcheck={false} {...shared} {...length} />;
  }
  if (element.type === "number_input") {
    const bounds = { min: element.min_value, max: element.max_value, step: element.is_decimal_allowed ? "any" : "1" };
    return <input type="number" {...shared} {...bounds} />;
  }
  if (element.type === "email_text_input") return <input type="email" {...shared} />;
  return <input type="url" {...shared} />;
}
