import { siteRule } from "../site-rule.ts";

/**
 * The router knows no route for the host: it answers as it does for a name that nobody has. Traefik 3.7 says
 * `404 page not found` in plain text, with `x-content-type-options: nosniff` and no `server`.
 */
export const http404NoRoute = siteRule({
  why: "http-404-no-route",
  // It takes up a new Ingress within two seconds or so.
  confirm: { milliseconds: 10_000 },
  params: (_, { here }) => ({ namespace: here.environment.namespace }),
});
