import type { Manager } from "../project/ports/cluster.ts";
import type { EnvironmentFacts } from "./environment-facts.ts";
import { type Identity, subjectOf } from "./identity.ts";

/**
 * Who suspended an object of Flux's, as managed fields tell; undefined: they do not, or could not be read. The server lists
 * those who apply before those who update, so that the last is not the newest.
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/staging/src/k8s.io/apimachinery/pkg/util/managedfields/internal/managedfields.go
 */
export function suspendedBy(
  { handlers }: Pick<EnvironmentFacts, "handlers">,
  object: Pick<Identity, "kind" | "namespace" | "name">,
): Manager | undefined {
  const those = (handlers[subjectOf(object)] ?? []).filter(({ fields }) => fields.includes("spec.suspend"));
  return those.toSorted((a, b) => (a.at?.getTime() ?? 0) - (b.at?.getTime() ?? 0)).at(-1);
}
