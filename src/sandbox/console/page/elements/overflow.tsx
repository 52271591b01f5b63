import type { Overflow as OverflowElement, PlainTextOption } from "@slack/types";
import { Icon } from "../icon.tsx";
import { useSurface } from "../surface.ts";
import { PlainText } from "../text/text-object.tsx";
import type { ElementProps } from "./element-props.ts";
import { moveFocus } from "./move-focus.ts";
import { usePopover } from "./use-popover.ts";

/** https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element */
export function Overflow({ element, blockId }: ElementProps<OverflowElement>) {
  const surface = useSurface();
  const { anchor, popover, open, show, hide } = usePopover("end");
  const choose = (option: PlainTextOption) => {
    hide();
    if (option.url !== undefined && /^https?:/i.test(option.url)) window.open(option.url, "_blank", "noreferrer");
    const place = { block_id: blockId, action_id: element.action_id ?? "" };
    surface.act(place, { state: { type: "overflow", selected_option: option }, confirm: element.confirm });
  };
  return (
    <>
      <button
        type="button"
        class="button default button-icon"
        ref={anchor}
        aria-label="More actions"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => {
          show();
          popover.current?.querySelector("button")?.focus();
        }}
      >
        <Icon name="more" />
      </button>
      <div class="popover menu" popover="auto" ref={popover} role="menu" tabIndex={-1} onKeyDown={moveFocus}>
        {element.options.map((option) => (
          <button type="button" role="menuitem" key={option.value} onClick={() => choose(option)}>
            <PlainText text={option.text.text} />
            {option.description && <small>{option.description.text}</small>}
          </button>
        ))}
      </div>
    </>
  );
}
