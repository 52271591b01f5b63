import type { KubeObject } from "../../store.ts";
import { at, listAt } from "../at.ts";
import { builtinKind } from "../builtin-kind.ts";
import type { Storage } from "../create-storage.ts";
import { isObject } from "../is-object.ts";
import type { Kind } from "../kind.ts";
import { refuse } from "../refuse.ts";
import { amount } from "./amount.ts";

const COUNTED: Readonly<Record<string, string>> = {
  Pod: "pods",
  Service: "services",
  ConfigMap: "configmaps",
  Secret: "secrets",
  PersistentVolumeClaim: "persistentvolumeclaims",
};

/** Refuses what a ResourceQuota of the namespace has no room for. https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
export function checkQuota(kind: Kind, object: KubeObject, storage: Storage): void {
  const counted = COUNTED[kind.kind];
  const { namespace, name } = object.metadata;
  if (counted === undefined || namespace === undefined) return;
  for (const quota of storage.readAll(builtinKind("ResourceQuota"), namespace)) {
    const hard = at(quota, "spec.hard");
    if (!isObject(hard)) continue;
    const present = storage.readAll(kind, namespace).filter((other) => !isFinished(other));
    const over = Object.keys(hard).filter((resource) => {
      const asks = usage(kind, counted, object, resource);
      return asks > 0 && asks + total(present, (one) => usage(kind, counted, one, resource)) > amount(hard[resource]);
    });
    if (over.length === 0) continue;
    const told = (value: (resource: string) => unknown) =>
      over.map((resource) => `${resource}=${value(resource)}`).join(",");
    throw refuse.forbidden(
      kind,
      name,
      `exceeded quota: ${quota.metadata.name}, requested: ${told((one) => text(one, usage(kind, counted, object, one)))}, used: ${told(
        (one) =>
          text(
            one,
            total(present, (other) => usage(kind, counted, other, one)),
          ),
      )}, limited: ${told((one) => hard[one])}`,
    );
  }
}

function usage(kind: Kind, counted: string, object: KubeObject, resource: string): number {
  if (resource === counted || resource === `count/${kind.plural}`) return 1;
  if (kind.kind !== "Pod") return 0;
  const [which, what] = resource.includes(".") ? resource.split(".") : ["requests", resource];
  if (which !== "requests" && which !== "limits") return 0;
  return total(listAt(object, "spec.containers"), (one) => amount(at(one, `resources.${which}.${what}`) ?? 0));
}

function total<T>(list: T[], value: (item: T) => number): number {
  return list.reduce((sum, item) => sum + value(item), 0);
}

function text(resource: string, value: number): string {
  if (resource.endsWith("cpu") && !Number.isInteger(value)) return `${Math.round(value * 1000)}m`;
  if (resource.endsWith("memory") && value >= 2 ** 20 && value % 2 ** 20 === 0) return `${value / 2 ** 20}Mi`;
  return String(value);
}

function isFinished(object: KubeObject): boolean {
  const phase = at(object, "status.phase");
  return phase === "Succeeded" || phase === "Failed";
}
