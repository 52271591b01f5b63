import type { IncomingMessage } from "node:http";
import type { Problem } from "../project/problem.ts";
import { objectOf } from "./object-of.ts";
import { problemOf } from "./problem-of.ts";
import { textOf } from "./text-of.ts";

/** Plain words: what begins like this is JSON or a page, and not whole. */
const WORDS = /^[^{["<]/;

/**
 * What an answer other than the one that was asked for means, with what it says of itself. The API server says in a Status
 * what it refuses, and of what it has never heard in plain words, `404 page not found`: without either, only the status of
 * such an answer came, and nothing is gone or forbidden for that. Then it rejects. Trouble is believed without words.
 */
export async function refusalOf(answer: IncomingMessage, asked: { method: string; path: string }): Promise<Problem> {
  const { statusCode: code = 0 } = answer;
  const text = await textOf(answer);
  const body = objectOf(text);
  const isWords = WORDS.test(text.trim()) && !isJson(text);
  if (code < 500 && !body && !isWords) throw new Error(`HTTP ${code}, and not a word why`);
  return problemOf(asked, code, body);
}

/** A number or `null`. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
