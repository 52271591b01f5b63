import type { ImageBlock } from "@slack/types";
import { PlainText } from "../text/text-object.tsx";

export function Image({ block }: { block: ImageBlock }) {
  return (
    <figure class="block-image">
      {block.title && (
        <figcaption>
          <PlainText text={block.title.text} />
        </figcaption>
      )}
      <img src={"image_url" in block ? block.image_url : ""} alt={block.alt_text} />
    </figure>
  );
}
