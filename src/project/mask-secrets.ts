/** Shapes that are secrets wherever they stand. Prefixes: https://github.blog/changelog/2021-03-31-authentication-token-format-updates-are-generally-available/, https://docs.slack.dev/authentication/tokens. */
const SHAPES: [RegExp, string][] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, "***"],
  // The end of one whose beginning was cut off.
  [/^[\s\S]*-----END [A-Z ]*PRIVATE KEY-----/g, "***"],
  [/\b(gh[pousr]_|github_pat_|xox[a-z]-|xapp-|glpat-|npm_|dckr_pat_|sk-|AKIA|ASIA)[A-Za-z0-9_-]{8,}/g, "***"],
  // A JSON Web Token: three base64url parts, the first beginning with `{"`.
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+/g, "***"],
  [/\b(authorization:\s*)?(bearer|basic|token)\s+[A-Za-z0-9+/=._~-]{12,}/gi, "$1$2 ***"],
  [/([a-z][a-z0-9+.-]*:\/\/)[^\s/:@]*:[^\s/@]+@/gi, "$1***@"],
  [/\b([A-Za-z0-9_.-]*(?:password|passwd))(["']?\s*[=:]\s*["']?)[^\s"',;&]{4,}/gi, "$1$2***"],
  // A sentence may go on behind the colon: `failed to fetch anonymous token: unexpected status`.
  [
    /\b([A-Za-z0-9_.-]*(?:secret|token|api[_-]?key))(["']?\s*(?:=|:(?!\s+[A-Za-z]+\s))\s*["']?)[^\s"',;&]{4,}/gi,
    "$1$2***",
  ],
];

/** What a stranger wrote, fit to be shown: everything that looks like a secret becomes `***`. */
export function maskSecrets(text: string): string {
  return SHAPES.reduce((masked, [shape, instead]) => masked.replace(shape, instead), text);
}
