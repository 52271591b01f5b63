import type { InputBlock } from "@slack/types";
import { useId } from "preact/hooks";
import { Element } from "../elements/element.tsx";
import { Icon } from "../icon.tsx";
import { useSurface } from "../surface.ts";
import { PlainText } from "../text/text-object.tsx";

export function Input({ block, id }: { block: InputBlock; id: string }) {
  const surface = useSurface();
  const error = surface.error(id);
  const labelId = useId();
  const hintId = useId();
  return (
    // The element may be a group of boxes, so that this is a group with a name rather than a label.
    <fieldset
      class={error === undefined ? "block-input" : "block-input invalid"}
      aria-describedby={hintId}
      data-block-id={id}
    >
      <legend class="block-input-label" id={labelId}>
        <PlainText text={block.label.text} />
        {block.optional && <span class="optional"> (optional)</span>}
      </legend>
      <Element
        element={block.element}
        blockId={id}
        label={block.label.text}
        invalid={error !== undefined}
        dispatches={block.dispatch_action === true}
      />
      <div id={hintId}>
        {error !== undefined && (
          <p class="block-input-error" role="alert">
            <Icon name="warning" /> {error}
          </p>
        )}
        {block.hint && (
          <p class="block-input-hint">
            <PlainText text={block.hint.text} />
          </p>
        )}
      </div>
    </fieldset>
  );
}
