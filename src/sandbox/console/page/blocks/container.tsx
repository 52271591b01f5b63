import type { ContainerBlock } from "@slack/types";
import type { ComponentChildren } from "preact";
import { RichText } from "../text/rich-text.tsx";
import { PlainText, TextObject } from "../text/text-object.tsx";

/** `children`: its blocks, drawn. */
export function Container({ block, children }: { block: ContainerBlock; children: ComponentChildren }) {
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
        {children}
      </section>
    );
  }
  return (
    <details class="block-container" open={block.default_collapsed !== true}>
      <summary>{heading}</summary>
      {children}
    </details>
  );
}
