/** Does `found` say all that `wanted` says, whatever else it says? Lists are alike in each place. */
export function isWithin(wanted: unknown, found: unknown): boolean {
  if (wanted === undefined || wanted === found) return true;
  if (typeof wanted !== "object" || typeof found !== "object" || wanted === null || found === null) return false;
  if (Array.isArray(wanted) && !(Array.isArray(found) && found.length === wanted.length)) return false;
  const there: Record<string, unknown> = { ...found };
  return Object.entries(wanted).every(([key, value]) => isWithin(value, there[key]));
}
