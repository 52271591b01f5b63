import { escapeText } from "./escape-text.ts";

/** A mention where it is a Slack user's id, else the name as it is. In an edit or a command's answer it pings nobody. */
export function person(id: string): string {
  return /^[UW][A-Z0-9]{2,}$/.test(id) ? `<@${id}>` : escapeText(id, 80);
}
