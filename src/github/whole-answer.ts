import { z } from "zod";

/** Their answers have nothing in them. */
const SAYS_NOTHING = /\/actions\/runs\/\d+\/(cancel|rerun-failed-jobs)$/;
const TOKEN = /\/app\/installations\/\d+\/access_tokens$/;
/** https://docs.github.com/en/rest/apps/apps#create-an-installation-access-token-for-an-app */
const GrantedToken = z.object({ token: z.string().min(1), expires_at: z.iso.datetime() });

/**
 * The answer, once all of it is here and it is what GitHub says things in: JSON, for what was done as for what was refused.
 * Rejects otherwise. Octokit takes a body that was cut, or the page of a proxy, for text and gives that as data
 * (@octokit/request, fetch-wrapper.js); its App authentication then keeps a token that is `undefined` for an hour.
 */
export async function wholeAnswer(url: string, answer: Response): Promise<Response> {
  const { status, ok } = answer;
  // Without a body, a redirect to somewhere else, or trouble of which nothing but the status is believed.
  if (status === 204 || status === 205 || (status >= 300 && status < 400) || status >= 500) return answer;
  const { pathname } = new URL(url);
  if (ok && SAYS_NOTHING.test(pathname)) return answer;
  const text = await answer.clone().text().catch(cut);
  const value = json(answer.headers.get("content-type") ?? "", text);
  if (typeof value !== "object" || value === null) throw new Error(`${status}, and the answer is no JSON`);
  if (ok && TOKEN.test(pathname) && !GrantedToken.safeParse(value).success)
    throw new Error(`${status}, and the answer has no token in it`);
  return answer;
}

function cut(error: unknown): never {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  throw new Error(`the answer was cut: ${cause instanceof Error ? cause.message : String(cause)}`);
}

function json(contentType: string, text: string): unknown {
  if (!/^application\/json\b/i.test(contentType)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
