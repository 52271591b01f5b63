import type { IncomingMessage } from "node:http";
import type { Problem } from "../project/problem.ts";
import { problemOf } from "./problem-of.ts";
import { textOf } from "./text-of.ts";

/** What an answer other than the one that was asked for means, with what it says of itself. */
export async function refusalOf(answer: IncomingMessage, asked: { method: string; path: string }): Promise<Problem> {
  return problemOf(asked, answer.statusCode ?? 0, parsed(await textOf(answer)));
}

/** An answer of something in between may be no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
