import { z } from "zod";
import { type Fence, OPEN } from "../project/ports/fence.ts";

/** https://docs.slack.dev/apis/web-api/#responses */
const Clean = z.discriminatedUnion("ok", [
  z.looseObject({ ok: z.literal(true) }),
  z.looseObject({ ok: z.literal(false), error: z.string().min(1) }),
]);

const API = "https://slack.com/api/";
/** Of the methods called here, those that change nothing: a look needs no term. */
const READS = /^(conversations\.(history|replies|info)|auth\.test|users\.|usergroups\.|chat\.getPermalink)/;

/** Of the token itself, whatever was asked for. https://docs.slack.dev/reference/methods/auth.test#errors */
const OF_TOKEN = ["account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"];

/**
 * What WebClient sends requests with; `apiUrl` where Slack's API is elsewhere. Rejects where no clean answer of Slack's
 * comes: one that was cut, a proxy's page. By itself WebClient takes such for a refusal that Slack named so ({ ok: false,
 * error: <the page> }; buildResult in its WebClient.js), and what was posted all the same would be posted again. Rejected it
 * is a request that was lost.
 *
 * What changes something is sent only while the term of whoever calls holds, asked when it is about to go.
 *
 * Bolt posts to a response_url with it too (createRespond in its context/create-respond.js), which is none of the API's
 * methods and answers in its own way: that passes as it is.
 *
 * `heard`: of each of the API's methods, whether Slack answered and took the token.
 */
export function fetchSlack(
  apiUrl: string = API,
  { fence = OPEN, heard = () => {} }: { fence?: Fence | undefined; heard?: ((well: boolean) => void) | undefined } = {},
): typeof fetch {
  return async (...request) => {
    const url = String(request[0]);
    if (!url.startsWith(apiUrl)) return fetch(...request);
    if (!READS.test(url.slice(apiUrl.length))) fence.here()();
    try {
      const answer = await clean(await fetch(...request), heard);
      if (!answer.ok && answer.status !== 429) heard(false);
      return answer;
    } catch (error) {
      heard(false);
      throw error;
    }
  };
}

async function clean(answer: Response, heard: (well: boolean) => void): Promise<Response> {
  // https://docs.slack.dev/apis/web-api/rate-limits: always with the header. Other statuses WebClient rejects by itself.
  if (answer.status === 429 && !/^\d+$/.test(answer.headers.get("retry-after") ?? ""))
    throw new Error("HTTP 429 without a Retry-After");
  if (answer.status !== 200) return answer;
  const { data } = Clean.safeParse(json(await answer.clone().text()));
  if (!data) throw new Error("the answer is none of Slack's");
  heard(data.ok || !OF_TOKEN.includes(data.error));
  return answer;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
