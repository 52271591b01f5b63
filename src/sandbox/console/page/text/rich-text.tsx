import type { RichTextBlock, RichTextBlockElement, RichTextElement } from "@slack/types";
import type { ComponentChildren } from "preact";
import { Each } from "../each.tsx";
import { Broadcast, ChannelMention, DateText, Emoji, Link, UserMention } from "./mentions.tsx";

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
export function RichText({ block }: { block: RichTextBlock }) {
  return (
    <div class="rich-text">
      <Each of={block.elements}>{(element) => <BlockElement element={element} />}</Each>
    </div>
  );
}

function BlockElement({ element }: { element: RichTextBlockElement }) {
  switch (element.type) {
    case "rich_text_section":
      return (
        <p>
          <Inline elements={element.elements} />
        </p>
      );
    case "rich_text_quote":
      return (
        <blockquote>
          <Inline elements={element.elements} />
        </blockquote>
      );
    case "rich_text_preformatted":
      return (
        <pre>
          <Inline elements={element.elements} />
        </pre>
      );
    case "rich_text_list": {
      const items = (
        <Each of={element.elements}>
          {(section) => (
            <li>
              <Inline elements={section.elements} />
            </li>
          )}
        </Each>
      );
      const indent = `indent-${Math.min(element.indent ?? 0, 4)}`;
      return element.style === "ordered" ? <ol class={indent}>{items}</ol> : <ul class={indent}>{items}</ul>;
    }
  }
}

function Inline({ elements }: { elements: RichTextElement[] }) {
  return (
    <Each of={elements}>
      {(element) => (
        <Styled style={element.style}>
          <InlineElement element={element} />
        </Styled>
      )}
    </Each>
  );
}

function Styled({ style, children }: { style: RichTextElement["style"]; children: ComponentChildren }) {
  let drawn = children;
  if (style?.code) drawn = <code>{drawn}</code>;
  if (style?.bold) drawn = <strong>{drawn}</strong>;
  if (style?.italic) drawn = <em>{drawn}</em>;
  if (style?.strike) drawn = <s>{drawn}</s>;
  if (style?.underline) drawn = <u>{drawn}</u>;
  return <>{drawn}</>;
}

function InlineElement({ element }: { element: RichTextElement }) {
  switch (element.type) {
    case "text":
      return <>{element.text}</>;
    case "link":
      return <Link url={element.url} label={element.text} />;
    case "user":
      return <UserMention id={element.user_id} />;
    case "usergroup":
      return <span class="mention">@{element.usergroup_id}</span>;
    case "channel":
      return <ChannelMention id={element.channel_id} />;
    case "broadcast":
      return <Broadcast range={element.range} />;
    case "emoji":
      return <Emoji name={element.name} />;
    case "date":
      return (
        <DateText timestamp={element.timestamp} format={element.format} url={element.url} fallback={element.fallback} />
      );
    case "color":
      return <code>{element.value}</code>;
    case "team":
      return <span class="mention">@{element.team_id}</span>;
  }
}
