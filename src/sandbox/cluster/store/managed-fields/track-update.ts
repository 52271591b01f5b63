import type { KubeObject } from "../../store.ts";
import type { Kind } from "../kind.ts";
import { compareFields } from "./compare-fields.ts";
import { fieldSet } from "./field-set.ts";
import { isSame, type Manager, ownable, readManagers, withManagers } from "./manager.ts";
import { trackScale } from "./track-scale.ts";

const TEMPLATE = { metadata: {}, spec: {} };
const SPECS: Record<string, object> = {
  Deployment: { template: TEMPLATE, strategy: {} },
  ReplicaSet: { template: TEMPLATE },
  StatefulSet: { template: TEMPLATE, updateStrategy: {} },
  DaemonSet: { template: TEMPLATE, updateStrategy: {} },
  Job: { template: TEMPLATE },
  CronJob: { jobTemplate: { metadata: {}, spec: { template: TEMPLATE } } },
};

/** After a create, update or patch: its manager owns what it changed, and nobody else does any more. */
export function trackUpdate(kind: Kind, previous: KubeObject | undefined, next: KubeObject, by: Manager): KubeObject {
  if (by.subresource === "scale" && previous !== undefined) return trackScale(kind, previous, next, by);
  // A client that sends an empty list resets ownership; one that sends none leaves it as it was.
  const sent = next.metadata.managedFields;
  const managers =
    Array.isArray(sent) && !isReset(sent) ? readManagers(next) : isReset(sent) ? [] : readManagers(previous);
  const { added, modified, removed } = compareFields(kind.schema(), previous ?? skeleton(kind), next);
  const changed = ownable(kind, fieldSet.union(added, modified), by.subresource);
  const others = managers
    .filter((manager) => !isSame(manager, by))
    .map((manager) => ({ ...manager, fields: fieldSet.without(manager.fields, changed, removed) }));
  const own = managers.find((manager) => isSame(manager, by));
  const fields = fieldSet.union(fieldSet.without(own?.fields ?? fieldSet.of([]), removed), changed);
  const same = own !== undefined && changed.size === 0 && fieldSet.equal(own.fields, fields);
  return withManagers(next, [...others, same ? own : { ...by, fields }]);
}

function isReset(sent: unknown): boolean {
  return Array.isArray(sent) && (sent.length === 0 || (sent.length === 1 && Object.keys(Object(sent[0])).length === 0));
}

/**
 * What a create is compared with: in the real server a Go value of the kind, in which structs that are no pointers
 * are there already, so that nobody comes to own `spec` itself.
 */
function skeleton(kind: Kind): object {
  if (kind.custom) return {};
  return { metadata: {}, spec: SPECS[kind.kind] ?? {}, status: kind.kind === "Service" ? { loadBalancer: {} } : {} };
}
