import type { ContextBlock } from "@slack/types";
import { Each } from "../each.tsx";
import { TextObject } from "../text/text-object.tsx";

export function Context({ block }: { block: ContextBlock }) {
  return (
    <div class="block-context">
      <Each of={block.elements}>
        {(element) =>
          element.type === "image" ? (
            <img src={"image_url" in element ? element.image_url : ""} alt={element.alt_text} />
          ) : (
            <span class="text">
              <TextObject text={element} />
            </span>
          )
        }
      </Each>
    </div>
  );
}
