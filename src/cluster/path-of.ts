import { KINDS, type Kind } from "../project/kinds.ts";

/** `/apis/apps/v1/namespaces/rrr/deployments/rrr`; without a name the collection, without a namespace all of them. */
export function pathOf(kind: string, namespace?: string, name?: string): string {
  if (!isKind(kind)) throw new Error(`${kind} is not in src/project/kinds.ts`);
  const { apiVersion, plural, namespaced } = KINDS[kind];
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const scope = namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : "";
  return `${root}${scope}/${plural}${name === undefined ? "" : `/${encodeURIComponent(name)}`}`;
}

function isKind(kind: string): kind is Kind {
  return Object.hasOwn(KINDS, kind);
}
