import { refuse } from "../store/refuse.ts";
import type { KubeObject } from "../store.ts";

export type Selector = (object: KubeObject) => boolean;

const SET = /^\s*([^\s=!,()]+)\s+(in|notin)\s+\(([^)]*)\)\s*$/;
const EQUAL = /^\s*([^\s=!,()]+)\s*(==|=|!=)\s*([^\s=!,()]*)\s*$/;
const EXISTS = /^\s*(!?)\s*([^\s=!,()]+)\s*$/;

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors */
export function labelSelector(text: string): Selector {
  const terms = split(text).map(labelTerm);
  return (object) => terms.every((term) => term(object.metadata.labels ?? {}));
}

function labelTerm(text: string): (labels: Record<string, string>) => boolean {
  const set = SET.exec(text);
  if (set !== null) {
    const [, key = "", operator, list = ""] = set;
    const values = list.split(",").map((value) => value.trim());
    return (labels) => values.includes(labels[key] ?? "\u0000") === (operator === "in");
  }
  const equal = EQUAL.exec(text);
  if (equal !== null) {
    const [, key = "", operator, value = ""] = equal;
    return (labels) => (labels[key] === value) === (operator !== "!=");
  }
  const exists = EXISTS.exec(text);
  if (exists !== null) {
    const [, not, key = ""] = exists;
    return (labels) => Object.hasOwn(labels, key) === (not === "");
  }
  throw refuse.badRequest(`unable to parse requirement: found '${text.trim()}', expected: identifier`);
}

/** At commas that are not inside parentheses. */
function split(text: string): string[] {
  return text === "" ? [] : text.split(/,(?![^(]*\))/);
}

const FIELDS: Record<string, string[]> = {
  pods: [
    "spec.nodeName",
    "spec.restartPolicy",
    "spec.schedulerName",
    "spec.serviceAccountName",
    "spec.hostNetwork",
    "status.phase",
    "status.podIP",
    "status.nominatedNodeName",
  ],
  events: [
    "involvedObject.kind",
    "involvedObject.namespace",
    "involvedObject.name",
    "involvedObject.uid",
    "involvedObject.apiVersion",
    "involvedObject.resourceVersion",
    "involvedObject.fieldPath",
    "reason",
    "reportingComponent",
    "source",
    "type",
  ],
  secrets: ["type"],
  namespaces: ["status.phase"],
  nodes: ["spec.unschedulable"],
  services: ["spec.clusterIP", "spec.type"],
  replicasets: ["status.replicas"],
  jobs: ["status.successful"],
};

/** Only the fields that each kind has an index for; others are refused as the real server does. */
export function fieldSelector(text: string, plural: string, custom: boolean): Selector {
  const terms = split(text).map((term) => {
    const parsed = EQUAL.exec(term) ?? /^\s*([^\s=!,()]+)\s*(==|=|!=)\s*(.*)$/.exec(term);
    if (parsed === null)
      throw refuse.badRequest(`invalid field selector: ${JSON.stringify(text)}; can't understand '${term}'`);
    const [, path = "", operator, value = ""] = parsed;
    const known = ["metadata.name", "metadata.namespace", ...(custom ? [] : (FIELDS[plural] ?? []))];
    if (!known.includes(path)) throw refuse.badRequest(`field label not supported: ${path}`);
    return (object: KubeObject) => (fieldText(object, path) === value) === (operator !== "!=");
  });
  return (object) => terms.every((term) => term(object));
}

function fieldText(object: KubeObject, path: string): string {
  let value: unknown = object;
  for (const key of path.split(".")) {
    value = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  }
  if (path === "spec.unschedulable" || path === "spec.hostNetwork") return String(value ?? false);
  return value === undefined || value === null ? "" : String(value);
}
