/** What a catalogue has under a key that came from outside; `constructor` is in none of them. */
export function own<Value>(catalogue: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(catalogue, key) ? catalogue[key] : undefined;
}
