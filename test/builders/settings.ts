import type { Settings } from "../../src/project/settings.ts";

export function settings(given: Partial<Settings> = {}): Settings {
  return {
    owner: "acme",
    baseDomain: "example.com",
    registryHost: "ghcr.io",
    publicUrl: "https://slipway.example.com",
    webhookSecret: "hook-secret",
    clusterIssuer: undefined,
    ingressClass: undefined,
    namespace: "slipway-system",
    defaultTemplate: "tiny",
    routeScheme: undefined,
    routePort: undefined,
    ...given,
  };
}
