import type { Button, ContextBlock, KnownBlock, RichTextBlock, SectionBlock } from "@slack/types";
import { clip } from "./escape-text.ts";

/**
 * Blocks within their limits (https://docs.slack.dev/reference/block-kit/blocks): what is too long is cut, never refused.
 * `mrkdwn` is text that is escaped already.
 */

export function section(mrkdwn: string, accessory?: Button): SectionBlock {
  return {
    type: "section",
    text: markdown(mrkdwn === "" ? " " : mrkdwn, 3000),
    expand: true,
    ...(accessory && { accessory }),
  };
}

export function context(...mrkdwn: string[]): ContextBlock {
  return { type: "context", elements: mrkdwn.slice(0, 10).map((text) => markdown(text === "" ? " " : text, 2000)) };
}

export function header(text: string): KnownBlock {
  return { type: "header", text: { type: "plain_text", text: clip(text, 150) || " ", emoji: false } };
}

/** A code block, shown letter by letter: rich text is never parsed, so nothing in it can ping or link. */
export function code(text: string): RichTextBlock {
  return {
    type: "rich_text",
    elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text: clip(text, 2800) || " " }] }],
  };
}

export interface ButtonOptions {
  /** What listen.ts dispatches on. */
  action: string;
  text: string;
  value?: string;
  url?: string;
  style?: "primary" | "danger";
  confirm?: { title: string; text: string; yes: string; no: string };
}

export function button(options: ButtonOptions): Button {
  const plain = (text: string, max: number) => ({ type: "plain_text" as const, text: clip(text, max) || " " });
  const { confirm } = options;
  return {
    type: "button",
    action_id: clip(options.action, 255),
    text: plain(options.text, 75),
    ...(options.value !== undefined && options.value !== "" && { value: clip(options.value, 2000) }),
    ...(options.url !== undefined && { url: options.url }),
    ...(options.style && { style: options.style }),
    ...(confirm && {
      confirm: {
        title: plain(confirm.title, 100),
        text: plain(confirm.text, 300),
        confirm: plain(confirm.yes, 30),
        deny: plain(confirm.no, 30),
      },
    }),
  };
}

/** No block at all without buttons: an empty actions block is refused. */
export function actions(...buttons: (Button | undefined)[]): KnownBlock[] {
  const shown = buttons.filter((each) => each !== undefined).slice(0, 25);
  return shown.length === 0 ? [] : [{ type: "actions", elements: shown }];
}

/** `undefined` where a browser could not open it, or Slack would refuse it (3,000 characters are the most). */
export function linkable(url: string | undefined): string | undefined {
  if (url === undefined || url.length > 3000 || !/^https?:\/\//.test(url) || !URL.canParse(url)) return undefined;
  return new URL(url).href.length > 3000 ? undefined : new URL(url).href;
}

/** `<url|text>` with `text` escaped already; the text alone where the URL will not do. */
export function link(url: string | undefined, text: string): string {
  const target = linkable(url);
  return target === undefined
    ? text
    : `<${target.replaceAll("|", "%7C").replaceAll("&", "&amp;").replaceAll(">", "%3E")}|${text}>`;
}

/** `verbatim`, or Slack looks for names and addresses in plain words by itself. */
function markdown(text: string, max: number) {
  return { type: "mrkdwn" as const, text: text.length <= max ? text : `${text.slice(0, max - 1)}…`, verbatim: true };
}
