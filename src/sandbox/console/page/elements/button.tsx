import type { Button as ButtonElement } from "@slack/types";
import { useState } from "preact/hooks";
import { Icon } from "../icon.tsx";
import { useSurface } from "../surface.ts";
import { PlainText } from "../text/text-object.tsx";
import type { ElementProps } from "./element-props.ts";

/** https://docs.slack.dev/reference/block-kit/block-elements/button-element: one with a url opens it and is an action too. */
export function Button({ element, blockId }: ElementProps<ButtonElement>) {
  const surface = useSurface();
  const [busy, setBusy] = useState(false);
  const press = async () => {
    setBusy(true);
    const place = { block_id: blockId, action_id: element.action_id ?? "" };
    await surface.act(place, { value: element.value, confirm: element.confirm });
    setBusy(false);
  };
  const look = `button ${element.style ?? "default"}`;
  if (element.url !== undefined && /^https?:/i.test(element.url)) {
    return (
      <a
        class={look}
        href={element.url}
        target="_blank"
        rel="noreferrer"
        aria-label={element.accessibility_label}
        onClick={press}
      >
        <PlainText text={element.text.text} />
        <Icon name="external" />
      </a>
    );
  }
  return (
    <button
      type="button"
      class={look}
      aria-label={element.accessibility_label}
      aria-busy={busy}
      disabled={busy}
      onClick={press}
    >
      <PlainText text={element.text.text} />
    </button>
  );
}
