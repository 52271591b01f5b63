import { Each } from "../each.tsx";
import { Pieces } from "./mrkdwn.tsx";
import { type MarkdownBlock, parseMarkdown } from "./parse-markdown.ts";

export function Markdown({ text }: { text: string }) {
  return (
    <div class="markdown rich-text">
      <Each of={parseMarkdown(text)}>{(block) => <Block block={block} />}</Each>
    </div>
  );
}

function Block({ block }: { block: MarkdownBlock }) {
  switch (block.type) {
    case "heading":
      return (
        <p class={`markdown-heading level-${Math.min(block.level, 3)}`}>
          <Pieces pieces={block.children} />
        </p>
      );
    case "paragraph":
      return (
        <p>
          <Pieces pieces={block.children} />
        </p>
      );
    case "quote":
      return (
        <blockquote>
          <Pieces pieces={block.children} />
        </blockquote>
      );
    case "preformatted":
      return <pre>{block.text}</pre>;
    case "rule":
      return <hr />;
    case "list": {
      const items = (
        <Each of={block.items}>
          {(item) => (
            <li>
              <Pieces pieces={item} />
            </li>
          )}
        </Each>
      );
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
  }
}
