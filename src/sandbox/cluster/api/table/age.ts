const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago, as kubectl says it. https://github.com/kubernetes/apimachinery/blob/master/pkg/util/duration/duration.go */
export function age(since: unknown, now: Date): string {
  if (typeof since !== "string") return "<unknown>";
  return duration(now.getTime() - new Date(since).getTime());
}

export function duration(milliseconds: number): string {
  if (milliseconds < -SECOND) return "<invalid>";
  if (milliseconds < 0) return "0s";
  if (milliseconds < 2 * MINUTE) return `${Math.floor(milliseconds / SECOND)}s`;
  const part = (unit: number, of: number) => Math.floor((milliseconds % of) / unit);
  const two = (big: number, bigName: string, small: number, smallName: string, smallUnit: number) =>
    small === 0 || smallUnit === 0 ? `${big}${bigName}` : `${big}${bigName}${small}${smallName}`;
  const minutes = Math.floor(milliseconds / MINUTE);
  if (minutes < 10) return two(minutes, "m", part(SECOND, MINUTE), "s", 1);
  if (minutes < 3 * 60) return `${minutes}m`;
  const hours = Math.floor(milliseconds / HOUR);
  if (hours < 8) return two(hours, "h", part(MINUTE, HOUR), "m", 1);
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(milliseconds / DAY);
  if (days < 8) return two(days, "d", part(HOUR, DAY), "h", 1);
  if (days < 2 * 365) return `${days}d`;
  const years = Math.floor(days / 365);
  return years < 8 ? two(years, "y", days % 365, "d", 1) : `${years}y`;
}
