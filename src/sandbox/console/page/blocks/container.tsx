import type { ContainerBlock } from "@slack/types";
import { RichText } from "../text/rich-text.tsx";
import { PlainText, TextObject } from "../text/text-object.tsx";
import { Blocks } from "./blocks.tsx";

export function Container({ block }: { block: ContainerBlock }) {
  const heading = (
    <>
      <div class="block-container-title">
        {block.rich_text_title ? (
          <RichText block={block.rich_text_title} />
        ) : (
          <PlainText text={block.title?.text ?? ""} />
        )}
      </div>
      {block.subtitle && (
        <div class="block-container-subtitle">
          <TextObject text={block.subtitle} />
        </div>
      )}
    </>
  );
  if (block.is_collapsible !== true) {
    return (
      <section class="block-container">
        <header class={block.has_header_divider ? "divided" : ""}>{heading}</header>
        <Blocks blocks={block.child_blocks} />
      </section>
    );
  }
  return (
    <details class="block-container" open={block.default_collapsed !== true}>
      <summary>{heading}</summary>
      <Blocks blocks={block.child_blocks} />
    </details>
  );
}
