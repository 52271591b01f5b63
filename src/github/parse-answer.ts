import type { z } from "zod";
import { Problem } from "../project/problem.ts";

/** What GitHub answered, if that is what was asked for. Octokit's types promise it and check nothing. */
export function parseAnswer<T extends z.ZodType>(schema: T, answer: unknown): z.output<T> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new Problem("github-unreachable", { evidence: "the answer is not what was asked for", cause: parsed.error });
}
