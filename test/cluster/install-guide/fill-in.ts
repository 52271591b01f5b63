/** An environment file as a person fills it in: each variable that it names, and further ones. `undefined`: removed. */
export function fillIn(file: string, values: Record<string, string | undefined>): string {
  const left = new Map(Object.entries(values));
  const lines = file.split("\n").flatMap((line) => {
    const [, name = ""] = /^([A-Z_]+)=/.exec(line) ?? [];
    if (!left.has(name)) return [line];
    const value = left.get(name);
    left.delete(name);
    return value === undefined ? [] : [`${name}=${value}`];
  });
  return [
    ...lines,
    ...[...left].flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`])),
    "",
  ].join("\n");
}
