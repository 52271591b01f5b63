import type { KubeObject } from "../../store.ts";
import { at } from "../at.ts";
import type { Kind } from "../kind.ts";
import { compareFields } from "./compare-fields.ts";
import { fieldSet } from "./field-set.ts";
import { isSame, type Manager, readManagers, withManagers } from "./manager.ts";

/**
 * After a write through the `scale` subresource, which knows of one field. Whoever had it loses it; who wrote has it,
 * unless the number is 0, which a Scale leaves out, so that it is nobody's; and what is nobody's stays so, whatever is
 * written through `scale` later. Seen on Kubernetes 1.34.4; the code is
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/staging/src/k8s.io/apimachinery/pkg/util/managedfields/scalehandler.go
 */
export function trackScale(kind: Kind, previous: KubeObject, next: KubeObject, by: Manager): KubeObject {
  const managers = readManagers(previous);
  const { added, modified } = compareFields(kind.schema(), previous, next);
  const changed = fieldSet.union(added, modified);
  const hasIt = managers.some(({ fields }) => fieldSet.common(fields, changed).size > 0);
  if (!hasIt) return withManagers(next, managers);
  const others = managers
    .filter((manager) => !isSame(manager, by))
    .map((manager) => ({ ...manager, fields: fieldSet.without(manager.fields, changed) }));
  const isNone = at(next, (kind.scale?.specReplicas ?? "").replace(/^\./, "")) === 0;
  return withManagers(next, isNone ? others : [...others, { ...by, fields: changed }]);
}
