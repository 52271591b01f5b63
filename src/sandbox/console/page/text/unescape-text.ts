/** Slack escapes these three and no others: https://docs.slack.dev/messaging/formatting-message-text#escaping */
export function unescapeText(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
