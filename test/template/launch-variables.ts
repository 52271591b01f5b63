import fc from "fast-check";
import { checkName, hostOf, imageOf, namespaceOf } from "../../src/project/naming.ts";
import type { TemplateVariables } from "../../src/template/template-variables.ts";

/** Names that a YAML reader takes for numbers, booleans, dates or nothing, or that begin with a digit. */
export const TRAPS = "8888 on off yes no y n null true false 1 0 1e3 080 0x1f 0o17 0b1 2012-12-12 1-2 e1 nan a".split(
  " ",
);

export const name = fc.oneof(
  fc.constantFrom(...TRAPS),
  fc.stringMatching(/^[a-z0-9-]{1,40}$/).filter((text) => checkName(text).ok),
);

const owner = fc.oneof(fc.constantFrom("Acme", "997899594", "on", "1e3"), fc.stringMatching(/^[A-Za-z0-9]{1,39}$/));
const branch = fc.constantFrom("main", "on", "1.0", "080", "release/1.x", "null", "#1", "a,b", "{x}", "it's", 'a"b');

/** What a launch could give, however unlucky its names. */
export const launchVariables: fc.Arbitrary<TemplateVariables> = fc
  .record({
    name,
    owner,
    registry: fc.constantFrom("ghcr.io", "containers.ghe.example.com", "127.0.0.1:5000"),
    environments: fc.uniqueArray(name, { minLength: 1, maxLength: 3 }),
    replicas: fc.nat({ max: 5 }),
    ingressClass: fc.constantFrom("", "traefik", "on"),
    issuer: fc.constantFrom("", "letsencrypt-prod", "1e3"),
    defaultBranch: branch,
    port: fc.integer({ min: 1024, max: 65_535 }),
  })
  .map(({ replicas, ...given }) => ({
    ...given,
    repository: `${given.owner}/${given.name}`,
    image: imageOf(given.registry, given.owner, given.name),
    environments: given.environments.map((environment, index) => ({
      name: environment,
      namespace: namespaceOf(given.name, environment, index === 0),
      host: hostOf(given.name, environment, index === 0, "example.com"),
      replicas,
    })),
  }));

/** One ordinary launch. */
export const rrr: TemplateVariables = {
  name: "rrr",
  owner: "Acme",
  repository: "Acme/rrr",
  registry: "ghcr.io",
  image: "ghcr.io/acme/rrr",
  environments: [
    { name: "production", namespace: "rrr", host: "rrr.example.com", replicas: 2 },
    { name: "staging", namespace: "rrr-staging", host: "rrr-staging.example.com", replicas: 1 },
  ],
  ingressClass: "traefik",
  issuer: "letsencrypt-prod",
  defaultBranch: "main",
  port: 3000,
};
