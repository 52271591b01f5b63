import type { KnownBlock } from "@slack/types";
import { Component, type ComponentChildren } from "preact";
import { Markdown } from "../text/markdown.tsx";
import { RichText } from "../text/rich-text.tsx";
import { PlainText } from "../text/text-object.tsx";
import { Actions } from "./actions.tsx";
import { Alert } from "./alert.tsx";
import { asBlocks, blockId } from "./as-blocks.ts";
import { Card, Carousel } from "./card.tsx";
import { Container } from "./container.tsx";
import { Context } from "./context.tsx";
import { Image } from "./image.tsx";
import { Input } from "./input.tsx";
import { Plan, TaskCard } from "./plan.tsx";
import { Section } from "./section.tsx";
import { Table } from "./table.tsx";

/** The blocks of a message or a view: https://docs.slack.dev/reference/block-kit/blocks */
export function Blocks({ blocks }: { blocks: unknown[] }) {
  return (
    <div class="blocks">
      {asBlocks(blocks).map((block, index) => (
        <Guard key={blockId(block, index)} type={block.type}>
          {/* What the server let through has the shape that its type promises; Guard is there for what has not. */}
          <BlockOf block={block as unknown as KnownBlock} id={blockId(block, index)} />
        </Guard>
      ))}
    </div>
  );
}

function BlockOf({ block, id }: { block: KnownBlock; id: string }) {
  switch (block.type) {
    case "section":
      return <Section block={block} id={id} />;
    case "header":
      return (
        <h3 class="block-header">
          <PlainText text={block.text.text} />
        </h3>
      );
    case "divider":
      return <hr class="block-divider" />;
    case "context":
      return <Context block={block} />;
    case "image":
      return <Image block={block} />;
    case "actions":
      return <Actions block={block} id={id} />;
    case "input":
      return <Input block={block} id={id} />;
    case "rich_text":
      return <RichText block={block} />;
    case "markdown":
      return <Markdown text={block.text} />;
    case "table":
    case "data_table":
      return <Table block={block} />;
    case "alert":
      return <Alert block={block} />;
    case "card":
      return <Card block={block} id={id} />;
    case "carousel":
      return <Carousel block={block} id={id} />;
    case "plan":
      return <Plan block={block} />;
    case "task_card":
      return <TaskCard task={block} />;
    case "container":
      return (
        <Container block={block}>
          <Blocks blocks={block.child_blocks} />
        </Container>
      );
    default:
      return <p class="block-unknown">A “{block.type}” block, which the sandbox does not draw.</p>;
  }
}

/** One block that cannot be drawn leaves the others alone. */
class Guard extends Component<{ type: string; children: ComponentChildren }, { error?: string }> {
  static override getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
  override render() {
    if (this.state.error === undefined) return this.props.children;
    return (
      <p class="block-unknown" title={this.state.error}>
        This “{this.props.type}” block could not be drawn.
      </p>
    );
  }
}
