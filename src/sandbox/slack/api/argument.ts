import { z } from "zod";

/** Arguments come as form fields (everything is text, objects are JSON) or as a JSON body; both read the same here. */
export const argument = {
  text: z.preprocess((value) => (typeof value === "number" ? String(value) : value), z.string()),
  flag: z.preprocess((value) => (typeof value === "string" ? value === "true" || value === "1" : value), z.boolean()),
  count: z.coerce.number().int().min(1),
  blocks: z.preprocess(fromJson, z.array(z.unknown())),
  fields: z.preprocess(fromJson, z.record(z.string(), z.unknown())),
} as const;

function fromJson(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
