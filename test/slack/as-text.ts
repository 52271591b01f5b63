/** Blocks as a person reads them, roughly: for snapshots that can be read too. */
export function asText(blocks: readonly unknown[]): string {
  return blocks.map(blockText).join("\n");
}

// Blocks come back from Slack as JSON: a test reads them loosely.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Loose = any;

function blockText(block: Loose): string {
  switch (block.type) {
    case "section":
      return block.text.text + (block.accessory ? `  [${block.accessory.text.text}]` : "");
    case "context":
      return `(${block.elements.map((element: Loose) => element.text).join(" ")})`;
    case "header":
      return `# ${block.text.text}`;
    case "actions":
      return block.elements.map((element: Loose) => `[${element.text.text}]`).join(" ");
    case "rich_text":
      return block.elements.map((part: Loose) => rich(part)).join("\n");
    case "plan":
      return [`plan: ${block.title}`, ...block.tasks.map(taskText)].join("\n");
    case "input":
      return `${block.label.text}: <${block.element.type}>${block.optional ? " (optional)" : ""}`;
    default:
      return JSON.stringify(block);
  }
}

function taskText(task: Loose): string {
  const detail = task.details ? `  ${task.details.elements.map((part: Loose) => rich(part)).join(" ")}` : "";
  return `  ${task.status.padEnd(11)} ${task.title}${detail}`;
}

function rich(part: Loose): string {
  const text = part.elements.map((element: Loose) => element.text ?? element.url).join("");
  return part.type === "rich_text_preformatted" ? `\`\`\`\n${text}\n\`\`\`` : text;
}
