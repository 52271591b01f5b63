import type { z } from "zod";
import { unclearAnswer } from "./unclear-answer.ts";

/** What the API server answered, if that is what was asked for. */
export function parseAnswer<T extends z.ZodType>(schema: T, answer: unknown): z.output<T> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw unclearAnswer("the answer is not what was asked for", { cause: parsed.error });
}
