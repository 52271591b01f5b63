/**
 * Text of strangers (a commit's title, an error's words) for a mrkdwn object. Only these three characters can begin
 * something that Slack acts on, such as `<!channel>`: https://docs.slack.dev/messaging/formatting-message-text#escaping
 * The result, entities counted, is at most `max` characters.
 */
export function escapeText(text: string, max = 2900): string {
  const escaped = Array.from(clean(text), (character) => ENTITIES[character] ?? character);
  const whole = escaped.join("");
  if (whole.length <= max) return whole;
  let kept = "";
  for (const piece of escaped) {
    if (kept.length + piece.length > max - 1) break;
    kept += piece;
  }
  return `${kept}…`;
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** For places that Slack shows as they are (plain_text, rich_text): clipped only. */
export function clip(text: string, max: number): string {
  const cleaned = clean(text);
  if (cleaned.length <= max) return cleaned;
  let kept = "";
  for (const character of cleaned) {
    if (kept.length + character.length > max - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** On one line, for titles and rows. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/**
 * Control characters and lone halves of surrogate pairs are refused or mangled on the way. What turns the direction of text
 * would turn what stands after it too. https://www.unicode.org/reports/tr9/#Explicit_Directional_Embeddings
 */
function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are to go
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, "").toWellFormed();
}
