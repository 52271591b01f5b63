import { z } from "zod";
import { isFields } from "../is-fields.ts";
import type { Metadata, Slack } from "../model.ts";
import { Refusal } from "../refusal.ts";
import { validateBlocks } from "../validate-blocks.ts";

/** "cumulative limit across all markdown blocks"; https://github.com/slackapi/bolt-js/issues/2509 */
const MOST_MARKDOWN = 12_000;
const MOST_METADATA = 16_000;
const MOST_ATTACHMENTS = 100;

const metadataSchema = z.object({ event_type: z.string().min(1), event_payload: z.record(z.string(), z.unknown()) });

/** Refuses text, blocks, attachments and metadata that Slack would refuse in a message. */
export function checkContent(
  slack: Slack,
  content: { text?: string | undefined; blocks?: unknown[] | undefined; attachments?: unknown[] | undefined },
  mostText: number,
): void {
  const { text = "", blocks = [], attachments = [] } = content;
  if (text.trim() === "" && blocks.length === 0 && attachments.length === 0) throw new Refusal("no_text");
  if (text.length > mostText) throw new Refusal("msg_too_long");
  if (attachments.length > MOST_ATTACHMENTS) throw new Refusal("too_many_attachments");
  checkBlocks(slack, blocks);
  const markdown = blocks.filter(isFields).filter((block) => block.type === "markdown");
  const length = markdown.reduce((sum, block) => sum + String(block.text ?? "").length, 0);
  if (length > MOST_MARKDOWN) throw new Refusal("msg_blocks_too_long");
  for (const attachment of attachments) {
    if (isFields(attachment) && Array.isArray(attachment.blocks)) checkBlocks(slack, attachment.blocks);
  }
}

function checkBlocks(slack: Slack, blocks: unknown[]): void {
  const errors = validateBlocks(blocks, "message", { planBlocks: slack.planBlocks });
  if (errors.length === 0) return;
  throw new Refusal("invalid_blocks", {
    errors,
    response_metadata: { messages: errors.map((error) => `[ERROR] ${error}`) },
  });
}

/** https://docs.slack.dev/messaging/message-metadata */
export function checkMetadata(metadata: unknown): Metadata | undefined {
  if (metadata === undefined) return undefined;
  const parsed = metadataSchema.safeParse(metadata);
  if (!parsed.success) throw new Refusal("invalid_metadata_format");
  if (JSON.stringify(parsed.data).length > MOST_METADATA) throw new Refusal("metadata_too_large");
  return parsed.data;
}
