const UNITS: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1, us: 1e-3, µs: 1e-3, ns: 1e-6 };

/** Milliseconds of a Go duration such as `1m30s`; `fallback` for what is none. */
export function parseGoDuration(text: string | undefined, fallback: number): number {
  const parts = [...(text ?? "").matchAll(/([\d.]+)(h|ms|m|s|us|µs|ns)/g)];
  return parts.length === 0
    ? fallback
    : parts.reduce((sum, [, number = "0", unit = "s"]) => sum + Number(number) * (UNITS[unit] ?? 0), 0);
}

/** As Go's time.Duration prints itself: `5m0s`, `1.204s`, `350ms`. */
export function formatGoDuration(milliseconds: number): string {
  if (milliseconds < 1_000) {
    return milliseconds === 0 ? "0s" : `${trim(milliseconds)}ms`;
  }
  const hours = Math.floor(milliseconds / 3_600_000);
  const minutes = Math.floor((milliseconds % 3_600_000) / 60_000);
  const seconds = (milliseconds % 60_000) / 1_000;
  return `${hours > 0 ? `${hours}h` : ""}${hours > 0 || minutes > 0 ? `${minutes}m` : ""}${trim(seconds)}s`;
}

const trim = (number: number) => String(Math.round(number * 1e6) / 1e6);
