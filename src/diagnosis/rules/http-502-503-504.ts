import { siteRule } from "../site-rule.ts";

/**
 * Somebody before the application answers in its place: there is no pod to ask (503), it refuses (502), it is too slow (504).
 * Traefik 3.7 says `Bad Gateway` where nothing listens on the pod's port, seen on a cluster with a wrong targetPort.
 */
export const http502503504 = siteRule({
  why: "http-502-503-504",
  // What is wrong with the pods is told in its place, where a rule finds that.
  confirm: { milliseconds: 15_000 },
  params: ({ outcome }, { here }) => ({
    status: outcome.state === "answered" ? outcome.status : 0,
    namespace: here.environment.namespace,
  }),
});
