import type { MayWrite } from "../project/ports/fence.ts";
import { Problem } from "../project/problem.ts";
import { wholeAnswer } from "./whole-answer.ts";

/**
 * What Octokit sends each request with, retries too. A write asks first whether it may still be sent, and follows no
 * redirect: what is written to a repository's old name would land in whatever GitHub leads to from there.
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects
 */
export async function sendRequest(
  url: string,
  init: RequestInit,
  options: { mayWrite: MayWrite; timeoutMs: number },
): Promise<Response> {
  // Octokit itself waits for ever, or for what the platform's fetch thinks is long enough (five minutes).
  const signal = init.signal ?? AbortSignal.timeout(options.timeoutMs);
  if (!isWrite(url, init)) return wholeAnswer(url, await fetch(url, { ...init, signal }));
  try {
    options.mayWrite();
  } catch (error) {
    throw final(error);
  }
  const answer = await fetch(url, { ...init, signal, redirect: "manual" });
  if (answer.status < 300 || answer.status >= 400) return wholeAnswer(url, answer);
  const evidence = `${init.method} ${new URL(url).pathname}: ${answer.status}, GitHub knows it under another name`;
  throw final(new Problem("github-refused", { evidence }));
}

/** A token that is asked for with a POST changes nothing. */
function isWrite(url: string, { method }: RequestInit): boolean {
  return method !== "GET" && method !== "HEAD" && !/\/app\/installations\/\d+\/access_tokens$/.test(url);
}

/** Octokit takes whatever fetch throws for trouble on the way and tries again, but for an AbortError. */
function final(cause: unknown): Error {
  const error = new Error("not sent", { cause });
  error.name = "AbortError";
  return error;
}
