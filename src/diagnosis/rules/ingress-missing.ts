import { routeOf } from "../../facts/route.ts";
import type { Rule } from "../rule.ts";

/** Everything is applied, and no rule of any Ingress leads the environment's host anywhere. */
export const ingressMissing: Rule<"ingress-missing"> = {
  code: "ingress-missing",
  scope: "environment",
  severity: "fail",
  stage: "ingress",
  needs: ["ingresses", "kustomization"],
  confirm: { milliseconds: 20_000 },
  explains: ["http-404-no-route"],
  remedies: ["check-again"],
  check({ here: { ingresses, kustomization, environment } }) {
    const applied = kustomization.known ? kustomization.value : undefined;
    if (!ingresses.known || !applied?.observed || applied.failure || applied.inventory === undefined) return [];
    if (routeOf(ingresses.value, environment.host)) return [];
    const hosts = [...new Set(ingresses.value.flatMap(({ rules }) => rules.flatMap(({ host }) => host ?? [])))];
    return [
      {
        subject: `environment/${environment.name}/host/${environment.host}`,
        evidence: hosts.length === 0 ? "no Ingress" : `Ingress for ${hosts.slice(0, 5).join(", ")}`,
        seenFrom: "cluster",
        params: { host: environment.host, hosts: hosts.slice(0, 5).join(", "), environment: environment.name },
      },
    ];
  },
};
