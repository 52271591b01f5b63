import { RequestError } from "@octokit/request-error";
import { Problem } from "../project/problem.ts";
import { shorten } from "../project/shorten.ts";

export interface Asking {
  /** What GitHub calls the permission that this needs, `Administration (write)`. */
  permission: string;
  /** Of a classic token. */
  scope?: string;
  /** Where it is granted: a URL, or a code as the finding has it. */
  where: string;
  now: Date;
}

/** GitHub's error as a Problem: what it means and what becomes of it. */
export function problemOf(error: unknown, asking: Asking): Problem {
  if (error instanceof Problem) return error;
  // What reads an answer that Octokit's types promise finds another: also one of our own faults, which the log tells.
  if (error instanceof TypeError && error.cause === undefined)
    return new Problem("github-unreachable", { evidence: "the answer is not what was asked for", cause: error });
  if (!(error instanceof RequestError)) {
    return new Problem("github-unreachable", { evidence: evidenceOf(error), cause: error });
  }
  const evidence = evidenceOf(error);
  const person = { kind: "person" } as const;
  const until = limitedUntil(error, asking.now);
  if (until) {
    const params = { until: until.toISOString() };
    return new Problem("github-rate-limited", { destiny: { kind: "wait", until }, params, evidence, cause: error });
  }
  // "Repository was archived so is read-only.", whatever the permissions are.
  if (error.status === 403 && /archived so is read-only/i.test(error.message))
    return new Problem("repo-archived", { destiny: person, params: repositoryOf(error), evidence, cause: error });
  switch (error.status) {
    case 401:
      return new Problem("github-token-invalid", { destiny: person, evidence, cause: error });
    case 403:
    case 404:
      return new Problem("github-permission-missing", {
        destiny: person,
        params: {
          ...(permissionOf(error) ?? { permission: asking.permission, ...(asking.scope && { scope: asking.scope }) }),
          where: singleSignOn(error) ?? asking.where,
        },
        evidence,
        cause: error,
      });
    case 409:
      if (/repository is empty/i.test(error.message)) {
        return new Problem("repo-not-ready", { evidence, cause: error });
      }
      return new Problem("github-refused", { destiny: person, evidence, cause: error });
    default:
      // Network failures are status 500 to Octokit (its request/src/fetch-wrapper.ts).
      if (error.status >= 500) return new Problem("github-unreachable", { evidence, cause: error });
      return new Problem("github-refused", { destiny: person, evidence, cause: error });
  }
}

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit */
function limitedUntil(error: RequestError, now: Date): Date | undefined {
  if (error.status !== 403 && error.status !== 429) return undefined;
  const headers = error.response?.headers ?? {};
  const retryAfter = Number(headers["retry-after"]);
  if (retryAfter > 0) return new Date(now.getTime() + retryAfter * 1000);
  const reset = Number(headers["x-ratelimit-reset"]);
  if (headers["x-ratelimit-remaining"] === "0" && reset > 0) return new Date(reset * 1000 + 1000);
  // "If none of these, wait at least one minute."
  if (error.status === 429 || /rate limit/i.test(error.message)) return new Date(now.getTime() + 60_000);
  return undefined;
}

/** For Apps and fine-grained tokens GitHub names what was needed: `administration=write`. https://github.blog/changelog/2023-08-10-api-response-headers-for-fine-grained-permissions */
function permissionOf(error: RequestError): Pick<Asking, "permission"> | undefined {
  const named = error.response?.headers["x-accepted-github-permissions"];
  if (typeof named !== "string" || named === "" || /^metadata=read$|allows_permissionless/.test(named))
    return undefined;
  return { permission: named.replaceAll("=", ": ") };
}

/** https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api#personal-access-tokens-and-saml-sso */
function singleSignOn(error: RequestError): string | undefined {
  const header = error.response?.headers["x-github-sso"];
  return typeof header === "string" ? /url=([^;\s]+)/.exec(header)?.[1] : undefined;
}

function repositoryOf({ request: { url } }: RequestError): { repository: string } {
  const repository = /\/repos\/([^/?]+\/[^/?]+)/.exec(url)?.[1];
  return { repository: repository ?? "The repository" };
}

/** `POST /orgs/acme/repos: 422 Repository creation failed: name already exists on this account`. */
function evidenceOf(error: unknown): string {
  if (!(error instanceof RequestError)) return shorten(error instanceof Error ? error.message : String(error));
  const { method, url } = error.request;
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  const status = error.response ? `${error.status} ` : "";
  return shorten(`${method} ${path}: ${status}${messageOf(error)}`);
}

function messageOf(error: RequestError): string {
  const data: unknown = error.response?.data;
  if (typeof data !== "object" || data === null || !("message" in data)) return error.message;
  const errors = "errors" in data && Array.isArray(data.errors) ? data.errors : [];
  const details = errors.flatMap((each: unknown) => {
    if (typeof each === "string") return [each];
    if (typeof each !== "object" || each === null) return [];
    if ("message" in each && typeof each.message === "string") return [each.message];
    return "field" in each && "code" in each ? [`${each.field} ${each.code}`] : [];
  });
  return [String(data.message).replace(/\.$/, ""), ...details].join(": ");
}
