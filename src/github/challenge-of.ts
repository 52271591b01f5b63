export interface Challenge {
  scheme: "basic" | "bearer";
  realm?: string;
  service?: string;
  scope?: string;
}

/** `Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:acme/rrr:pull"`. https://www.rfc-editor.org/rfc/rfc6750#section-3 */
export function challengeOf(header: string): Challenge | undefined {
  const scheme = /^\s*(\w+)/.exec(header)?.[1]?.toLowerCase();
  if (scheme !== "basic" && scheme !== "bearer") return undefined;
  const challenge: Challenge = { scheme };
  for (const [, name, value] of header.matchAll(/(realm|service|scope)="([^"]*)"/gi)) {
    const key = name?.toLowerCase();
    if ((key === "realm" || key === "service" || key === "scope") && value) challenge[key] = value;
  }
  return challenge;
}
