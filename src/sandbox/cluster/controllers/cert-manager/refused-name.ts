/**
 * Names of which the simulated ACME server is as sure as Let's Encrypt that they can never be public; its words.
 * `*.localhost` and `*.test` are issued for, because the sandbox lives under them.
 * https://github.com/letsencrypt/boulder/blob/v0.20250908.0/policy/pa.go
 */
export function refusedName(host: string): string | undefined {
  const problem = `400 urn:ietf:params:acme:error:rejectedIdentifier: Invalid identifiers requested :: Cannot issue for "${host}"`;
  if (/(^|\.)example\.(com|net|org)$/.test(host)) {
    return `${problem}: The ACME server refuses to issue a certificate for this domain name, because it is forbidden by policy`;
  }
  return /\.(local|internal|invalid|example)$/.test(host) || !host.includes(".")
    ? `${problem}: Domain name does not end with a valid public suffix (TLD)`
    : undefined;
}
