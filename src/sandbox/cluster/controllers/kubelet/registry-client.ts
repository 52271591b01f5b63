import { z } from "zod";

export interface Credentials {
  username: string;
  password: string;
}

/** A registry's answer that is not what was asked for; `status` 0 where none came. */
export interface RegistryRefusal {
  status: number;
  /** What was asked, for containerd's messages. */
  method: string;
  url: string;
  /** The network's own words where `status` is 0. */
  cause?: string;
  /** The refusal is of the token service; which words containerd has for that depends on whether it gave credentials. */
  fromTokenService: false | "anonymous" | "oauth";
}

export type RegistryAnswer =
  | { ok: true; body: Buffer; contentType: string; digest: string | undefined }
  | { ok: false; refusal: RegistryRefusal };

const Token = z.looseObject({ token: z.string().optional(), access_token: z.string().optional() });

/**
 * A client of the distribution API with its token authentication.
 * https://distribution.github.io/distribution/spec/auth/token/, https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md
 */
export function createRegistryClient(options: {
  baseUrl: string;
  repository: string;
  credentials: Credentials | undefined;
  signal: AbortSignal;
}): { get(path: string, accept: readonly string[]): Promise<RegistryAnswer> } {
  let authorization: string | undefined;

  const ask = async (url: string, accept: readonly string[]) =>
    fetch(url, {
      headers: { accept: accept.join(", "), ...(authorization === undefined ? {} : { authorization }) },
      signal: options.signal,
    });

  const basic = () =>
    options.credentials &&
    `Basic ${Buffer.from(`${options.credentials.username}:${options.credentials.password}`).toString("base64")}`;

  const authenticate = async (challenge: string): Promise<RegistryRefusal | undefined> => {
    if (/^basic/i.test(challenge)) {
      authorization = basic();
      return undefined;
    }
    const { realm, service } = parseChallenge(challenge);
    if (realm === undefined) {
      return undefined;
    }
    const url = new URL(realm, options.baseUrl);
    url.searchParams.set("scope", `repository:${options.repository}:pull`);
    if (service !== undefined) {
      url.searchParams.set("service", service);
    }
    const credentials = basic();
    const answer = await fetch(url, {
      headers: credentials === undefined ? {} : { authorization: credentials },
      signal: options.signal,
    });
    if (!answer.ok) {
      await answer.body?.cancel();
      const kind = options.credentials?.password ? "oauth" : "anonymous";
      return { status: answer.status, method: "GET", url: url.href, fromTokenService: kind };
    }
    const { token, access_token } = Token.parse(await answer.json());
    authorization = `Bearer ${token ?? access_token ?? ""}`;
    return undefined;
  };

  return {
    get: async (path, accept) => {
      const url = `${options.baseUrl.replace(/\/$/, "")}/v2/${options.repository}/${path}`;
      try {
        let answer = await ask(url, accept);
        const challenge = answer.headers.get("www-authenticate");
        if (answer.status === 401 && challenge !== null) {
          await answer.body?.cancel();
          const refusal = await authenticate(challenge);
          if (refusal) {
            return { ok: false, refusal };
          }
          answer = await ask(url, accept);
        }
        if (!answer.ok) {
          await answer.body?.cancel();
          return { ok: false, refusal: { status: answer.status, method: "HEAD", url, fromTokenService: false } };
        }
        return {
          ok: true,
          body: Buffer.from(await answer.arrayBuffer()),
          contentType: answer.headers.get("content-type") ?? "",
          digest: answer.headers.get("docker-content-digest") ?? undefined,
        };
      } catch (error) {
        return {
          ok: false,
          refusal: { status: 0, method: "HEAD", url, cause: networkCause(error, url), fromTokenService: false },
        };
      }
    },
  };
}

function parseChallenge(challenge: string): { realm?: string; service?: string } {
  const fields = Object.fromEntries([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]));
  return { realm: fields.realm, service: fields.service };
}

/** In Go's words. */
function networkCause(error: unknown, url: string): string {
  const { hostname, port, protocol } = new URL(url);
  const address = `${hostname}:${port || (protocol === "https:" ? "443" : "80")}`;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  switch (code) {
    case "ECONNREFUSED":
      return `dial tcp ${address}: connect: connection refused`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `dial tcp: lookup ${hostname}: no such host`;
    case "ETIMEDOUT":
    case "UND_ERR_CONNECT_TIMEOUT":
      return `dial tcp ${address}: i/o timeout`;
    default:
      return cause instanceof Error ? cause.message : String(cause);
  }
}
