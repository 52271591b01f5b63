/** Seconds between two instants, never negative. */
export function secondsBetween(from: Date | string, to: Date | string): number {
  return Math.max(0, (new Date(to).getTime() - new Date(from).getTime()) / 1000);
}

/**
 * In each reader's own time zone; `fallback` (UTC) where a client cannot.
 * https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export function localTime(at: Date | string): string {
  const date = new Date(at);
  return `<!date^${Math.floor(date.getTime() / 1000)}^{time}|${date.toISOString().slice(11, 16)} UTC>`;
}

export function localDateTime(at: Date | string): string {
  const date = new Date(at);
  return `<!date^${Math.floor(date.getTime() / 1000)}^{date_short_pretty} {time}|${date.toISOString().slice(0, 16).replace("T", " ")} UTC>`;
}
