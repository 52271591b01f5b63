type Fields = Readonly<Record<string, unknown>>;

/** What is kept: `true` is all of it; else these fields of an object, or of each object in a list. */
export type Mask = true | { readonly [field: string]: Mask };

/** Keeps an object's identity, and of the rest what the mask names. */
export function only(mask: { readonly [field: string]: Mask }): (object: Fields) => Record<string, unknown> {
  const whole = { apiVersion: true, kind: true, metadata: true, ...mask } as const;
  return (object) => fieldsIn(object, whole);
}

function fieldsIn(object: Fields, mask: { readonly [field: string]: Mask }): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [field, inner] of Object.entries(mask))
    if (object[field] !== undefined) kept[field] = masked(object[field], inner);
  return kept;
}

function masked(value: unknown, mask: Mask): unknown {
  if (mask === true || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => masked(each, mask));
  return fieldsIn(value as Fields, mask); // an object of JSON, each field read as unknown
}
