import { expect, it } from "vitest";
import { maskSecrets } from "../../src/project/mask-secrets.ts";

it.each([
  ["using ghp_0123456789abcdefghij now", "using *** now"],
  ["github_pat_11ABCDEFG0_abcdefghijk", "***"],
  ["xoxb-123456789012-abcdef", "***"],
  ["AKIAIOSFODNN7EXAMPLE", "***"],
  ["Authorization: Bearer abcdef0123456789abc", "Authorization: Bearer ***"],
  ["cloning https://ada:hunter2@github.com/acme/rrr.git", "cloning https://***@github.com/acme/rrr.git"],
  ["NPM_TOKEN=abcdef012345", "NPM_TOKEN=***"],
  ["token: abcdef012345 was used", "token: *** was used"],
  ["-----BEGIN cut off\nMIIE\n-----END RSA PRIVATE KEY----- done", "*** done"],
  ['"password": "hunter22"', '"password": "***"'],
  ["-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- done", "*** done"],
  ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc_def", "***"],
])("masks %j", (text, masked) => {
  expect(maskSecrets(text)).toBe(masked);
});

it.each([
  "npm error code ERESOLVE",
  "sha256:3f2a91c0 exporting layers",
  "https://github.com/acme/rrr",
  "the token is missing",
  "failed to fetch anonymous token: unexpected status from GET request",
])("leaves %j as it is", (text) => expect(maskSecrets(text)).toBe(text));
