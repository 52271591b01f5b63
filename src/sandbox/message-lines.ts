import { z } from "zod";
import type { ClientMessage } from "./slack/client-api.ts";

const text = z.object({ text: z.string() });
const block = z.looseObject({
  type: z.string(),
  text: text.optional(),
  title: z.union([z.string(), text]).optional(),
  fields: z.array(text).optional(),
  elements: z.array(z.looseObject({ type: z.string(), text: z.union([z.string(), text]).optional() })).optional(),
  tasks: z.array(z.unknown()).optional(),
  accessory: z.looseObject({ text: text.optional() }).optional(),
});
const task = z.looseObject({
  title: z.string(),
  status: z.string(),
  details: z.unknown().optional(),
  output: z.unknown().optional(),
});

const MARKS: Record<string, string> = { pending: "○", in_progress: "◐", complete: "✔", error: "✖" };

/** A message as lines of plain text, as a terminal shows it. */
export function messageLines(message: Pick<ClientMessage, "text" | "blocks">): string[] {
  const lines = (message.blocks ?? []).flatMap((raw) => {
    const parsed = block.safeParse(raw);
    return parsed.success ? blockLines(parsed.data) : [];
  });
  return (lines.length > 0 ? lines : [message.text]).flatMap((line) => line.split("\n")).map(plain);
}

function blockLines(each: z.output<typeof block>): string[] {
  switch (each.type) {
    case "plan":
      return [wordsOf(each.title), ...(each.tasks ?? []).map(taskLine)].filter((line) => line !== "");
    case "task_card":
      return [taskLine(each)];
    case "actions":
      return [(each.elements ?? []).map((element) => `[${wordsOf(element.text)}]`).join(" ")];
    case "context":
      return [(each.elements ?? []).map((element) => wordsOf(element.text)).join("  ")];
    case "divider":
      return [];
    case "rich_text":
      return [flat(each.elements)].filter((line) => line !== "");
    default: {
      const button = each.accessory?.text ? `  [${each.accessory.text.text}]` : "";
      return [
        `${each.text?.text ?? wordsOf(each.title)}${button}`,
        ...(each.fields ?? []).map((field) => field.text),
      ].filter((line) => line !== "");
    }
  }
}

function taskLine(raw: unknown): string {
  const parsed = task.safeParse(raw);
  if (!parsed.success) return "";
  const { title, status, details, output } = parsed.data;
  const detail = [flat(details), flat(output)].filter((part) => part !== "").join(" · ");
  return `${MARKS[status] ?? "·"} ${detail === "" ? title : `${title.padEnd(14)} ${detail}`}`;
}

/** The words of a rich_text, however nested. */
function flat(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(flat).join("");
  if (typeof value !== "object" || value === null) return "";
  if ("text" in value && typeof value.text === "string") return value.text;
  return "elements" in value ? flat(value.elements) : "";
}

function wordsOf(value: string | { text: string } | undefined): string {
  return typeof value === "string" ? value : (value?.text ?? "");
}

/** mrkdwn without its marks. https://docs.slack.dev/messaging/formatting-message-text */
function plain(line: string): string {
  return line
    .replace(/<(https?:[^|>]+)\|([^>]+)>/g, (_, url: string, label: string) =>
      url.replace(/\/$/, "") === label.replace(/\/$/, "") ? label : `${label} (${url})`,
    )
    .replace(/<(https?:[^>]+)>/g, "$1")
    .replace(/<!date\^[^|>]+\|([^>]+)>/g, "$1")
    .replace(/(^|[\s(])[*_]([^*_\n]+)[*_](?=$|[\s.,:;)·])/g, "$1$2")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
}
