import { type Draft, groupVersionOf, kindOf, metadataOf, nameOf, namespaceOf } from "./draft.ts";
import { isJsonObject } from "./is-json-object.ts";
import type { Json } from "./json.ts";
import type { Selector } from "./parse-kustomization.ts";

/**
 * Objects that a patch's target means: every field is an anchored regular expression, labels a selector.
 * https://github.com/kubernetes-sigs/kustomize/blob/api/v0.20.1/api/types/selector.go
 */
export function selectDrafts(drafts: readonly Draft[], selector: Selector): Draft[] {
  return drafts.filter(({ object, names }) => {
    const { group, version } = groupVersionOf(object);
    return (
      matches(selector.group, [group]) &&
      matches(selector.version, [version]) &&
      matches(selector.kind, [kindOf(object)]) &&
      matches(selector.name, [...names, nameOf(object)]) &&
      matches(selector.namespace, [namespaceOf(object)]) &&
      labelsMatch(selector.labelSelector, metadataOf(object).labels) &&
      labelsMatch(selector.annotationSelector, metadataOf(object).annotations)
    );
  });
}

function matches(pattern: string | undefined, values: readonly string[]): boolean {
  if (!pattern) {
    return true;
  }
  const anchored = new RegExp(`^(?:${pattern})$`);
  return values.some((value) => anchored.test(value));
}

function labelsMatch(selector: string | undefined, labels: Json | undefined): boolean {
  if (!selector) {
    return true;
  }
  const has = isJsonObject(labels) ? labels : {};
  return selector.split(",").every((term) => {
    const [, key = "", operator, value = ""] = /^\s*([^!=\s]+)\s*(?:(!=|==?)\s*(\S*))?\s*$/.exec(term) ?? [];
    if (term.trim().startsWith("!")) {
      return !(term.trim().slice(1) in has);
    }
    if (!operator) {
      return key in has;
    }
    return operator === "!=" ? has[key] !== value : has[key] === value;
  });
}
