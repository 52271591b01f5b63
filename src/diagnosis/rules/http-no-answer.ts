import { siteRule } from "../site-rule.ts";

/** Connected, and then nothing: Traefik waits for an application without a limit of its own. */
export const httpNoAnswer = siteRule({
  why: "http-no-answer",
  params: (_, { here }) => ({ namespace: here.environment.namespace }),
});
