import { KINDS } from "../project/kinds.ts";
import type { Evidence, Right } from "./evidence.ts";

/** As RBAC names it. */
export interface GivenRight extends Right {
  group: string;
  resource: string;
}

/** Every right that reading and making these kinds takes, in their order. https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources */
export function rightsOf(evidence: readonly Evidence[]): GivenRight[] {
  return evidence.flatMap(({ kind, rights }) => {
    const { apiVersion, plural } = KINDS[kind];
    const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
    return rights.map((right) => ({ ...right, group, resource: plural }));
  });
}
