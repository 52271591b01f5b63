import { ingressOf } from "../project/ingress-of.ts";
import type { Outcome } from "../project/outcome.ts";
import type { Step } from "./step.ts";
import { targetPort } from "./target-port.ts";

/** The Ingress that the repository brings stands, with the host of each environment. */
export const ingress: Step = {
  name: "ingress",
  stage: "ingress",
  after: ["rollout"],

  async ensure({ snapshot }): Promise<Outcome> {
    for (const { environment, ingresses } of snapshot.environments) {
      if (!ingresses.known) return { state: "waiting", reason: "Unreadable", params: { detail: ingresses.reason } };
      if (!ingressOf(ingresses, environment.host))
        return { state: "waiting", reason: "IngressMissing", params: { host: environment.host } };
    }
    const [first] = snapshot.environments;
    if (!first) return { state: "done" };
    const params = { host: first.environment.host, port: targetPort(first) ?? "" };
    return { state: "done", reason: "IngressReady", params };
  },
};
