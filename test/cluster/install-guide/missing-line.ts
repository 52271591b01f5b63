/** Whether what was printed has the lines that a guide shows, in this order. Names of pods, ages and widths may differ. */
export function missingLine(printed: string[], shown: string[]): string | undefined {
  let from = 0;
  for (const line of shown) {
    const at = printed.findIndex((each, index) => index >= from && patternOf(line).test(each.trimEnd()));
    if (at < 0) return line;
    from = at + 1;
  }
  return undefined;
}

function patternOf(line: string): RegExp {
  const pattern = line
    .trim()
    .replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replaceAll(/-[0-9a-f]{6,10}-[a-z0-9]{5}\b/g, "-[0-9a-z]+-[a-z0-9]{5}")
    .replaceAll(/\b\d+s\b/g, "\\d+[smh]\\S*")
    .replaceAll(/\s+/g, "\\s+");
  return new RegExp(`^${pattern}$`);
}
