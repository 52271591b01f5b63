import { z } from "zod";
import { Problem } from "../project/problem.ts";
import { shorten } from "../project/shorten.ts";
import { challengeOf } from "./challenge-of.ts";

export interface RegistryCredential {
  username: string;
  password: string;
}

export interface RegistryRequest {
  method: "GET" | "HEAD";
  headers: Record<string, string>;
  /** `repository:acme/rrr:pull`, when the challenge names none. */
  scope: string | undefined;
  credential: RegistryCredential | undefined;
  /** For the error. */
  host: string;
}

const Token = z.object({ token: z.string().optional(), access_token: z.string().optional() });

const TIMEOUT_MS = 10_000;

/** Asks, and answers the registry's 401 with what it asks for. https://distribution.github.io/distribution/spec/auth/token/ */
export async function fetchRegistry(url: string, request: RegistryRequest): Promise<Response> {
  const send = (authorization?: string) =>
    reach(request.host, url, {
      method: request.method,
      headers: { ...request.headers, ...(authorization === undefined ? {} : { authorization }) },
    });
  const first = await send();
  if (first.status !== 401) return first;

  const challenge = challengeOf(first.headers.get("www-authenticate") ?? "");
  const { credential } = request;
  const basic =
    credential && `Basic ${Buffer.from(`${credential.username}:${credential.password}`, "utf8").toString("base64")}`;
  if (challenge?.scheme === "basic" && basic) return send(basic);
  if (challenge?.scheme !== "bearer" || !challenge.realm || !URL.canParse(challenge.realm)) return first;

  const realm = new URL(challenge.realm);
  if (challenge.service) realm.searchParams.set("service", challenge.service);
  const scope = challenge.scope ?? request.scope;
  if (scope !== undefined) realm.searchParams.set("scope", scope);
  const granted = await reach(request.host, realm.href, { headers: basic ? { authorization: basic } : {} });
  if (!granted.ok) return granted;
  return send(`Bearer ${await readToken(request.host, granted)}`);
}

/** One that is cut, or has no token in it, is no refusal: the registry has not said a word about the credential. */
async function readToken(host: string, granted: Response): Promise<string> {
  const text = await granted.text().catch((error: unknown) => {
    throw unreachable(host, error);
  });
  const { data } = Token.safeParse(json(text));
  const token = data?.token || data?.access_token;
  if (!token) throw unreachable(host, new Error("what should give a token gives none"));
  return token;
}

/** What the parser says of it would show pieces of a token. */
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function reach(host: string, url: string, init: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    throw unreachable(host, error);
  }
  // Whether an image is there is told by these two. A registry says them in JSON, or without a word; a page is of
  // something in between.
  const isPage = /^text\/html\b/i.test(answer.headers.get("content-type") ?? "");
  if (!isPage || !(answer.ok || answer.status === 404)) return answer;
  await answer.body?.cancel();
  throw unreachable(host, new Error(`${answer.status} with a web page: this is no registry`));
}

/** Nothing was learned of the image, or of the credential. */
function unreachable(host: string, error: unknown): Problem {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const detail = cause instanceof Error ? cause.message : String(cause);
  const evidence = shorten(`${host}: ${detail}`);
  return new Problem("image-registry-unreachable", { params: { host }, evidence, cause: error });
}
