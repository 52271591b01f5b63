/**
 * Slack's `<!date^…>` tokens, in the reader's zone:
 * https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export function formatDate(timestamp: number, format: string, now = new Date()): string {
  const date = new Date(timestamp * 1000);
  return format.replace(/\{([a-z_]+)\}/g, (token, name: string) => formatToken(name, date, now) ?? token);
}

function formatToken(name: string, date: Date, now: Date): string | undefined {
  const write = (options: Intl.DateTimeFormatOptions) => date.toLocaleString("en-US", options);
  const pretty = name.endsWith("_pretty") ? relativeDay(date, now) : undefined;
  switch (name) {
    case "date_num":
      return [date.getFullYear(), twoDigits(date.getMonth() + 1), twoDigits(date.getDate())].join("-");
    case "date_slash":
      return [date.getFullYear(), twoDigits(date.getMonth() + 1), twoDigits(date.getDate())].join("/");
    case "date":
    case "date_pretty":
      return pretty ?? write({ month: "long", day: "numeric", year: "numeric" });
    case "date_short":
    case "date_short_pretty":
      return pretty ?? write({ month: "short", day: "numeric", year: "numeric" });
    case "date_long":
    case "date_long_pretty":
      return pretty ?? write({ weekday: "long", month: "long", day: "numeric", year: "numeric" });
    case "day_divider_pretty":
      return relativeDay(date, now) ?? write({ weekday: "long", month: "long", day: "numeric" });
    case "time":
      return write({ hour: "numeric", minute: "2-digit" });
    case "time_secs":
      return write({ hour: "numeric", minute: "2-digit", second: "2-digit" });
    case "ago":
      return ago(date, now);
    default:
      return undefined;
  }
}

/** "3 minutes ago", "in 2 hours", "just now". */
export function ago(date: Date, now = new Date()): string {
  const seconds = (date.getTime() - now.getTime()) / 1000;
  const size = Math.abs(seconds);
  const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  const count = (unit: number) => Math.sign(seconds) * Math.round(size / unit);
  if (size < 45) return "just now";
  if (size < 3_600) return words.format(count(60), "minute");
  if (size < 86_400) return words.format(count(3_600), "hour");
  return words.format(count(86_400), "day");
}

function relativeDay(date: Date, now: Date): string | undefined {
  const day = (of: Date) => new Date(of.getFullYear(), of.getMonth(), of.getDate()).getTime();
  const apart = Math.round((day(date) - day(now)) / 86_400_000);
  if (apart === 0) return "today";
  if (apart === -1) return "yesterday";
  return apart === 1 ? "tomorrow" : undefined;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
