import type { Verb } from "../../evidence/evidence.ts";
import { evidence } from "../../evidence/index.ts";
import { rightsOf } from "../../evidence/rights-of.ts";
import type { Check, Found } from "../check.ts";

/** May the bot do what it does? Asked of the API server, of each right that manifests/base/rbac.yaml grants. */
export const rights: Check = {
  name: "rights",
  async run({ ports: { cluster }, settings: { namespace } }): Promise<Found> {
    const asked = rightsOf(evidence).flatMap(({ group, resource, subresource, names, own, verbs }) => {
      const of = { group, resource, ...(subresource && { subresource }), ...(own && { namespace }) };
      const each = (names ?? [undefined]).map((name) => ({ ...of, ...(name && { name }) }));
      return each.flatMap((named) => telling(verbs).map((verb) => ({ verb, resource: named })));
    });
    const answers = await Promise.all(
      asked.map(async ({ verb, resource }) => ({ verb, resource, may: await cluster.can(verb, resource) })),
    );
    const missing = answers.filter(({ may }) => !may);
    if (missing.length === 0) return { state: "ok", reason: "RightsGranted", params: { count: answers.length } };
    const named = missing.map(
      ({ verb, resource: { resource, subresource, name } }) =>
        `${verb} ${[resource, subresource, name].filter((part) => part !== undefined).join("/")}`,
    );
    return { state: "failed", reason: "rights-missing", params: { rights: named.join(", ") } };
  },
};

/** Rights that are given together are asked about by one: who may watch may list, who may patch may get. */
function telling(verbs: readonly Verb[]): Verb[] {
  const told: Partial<Record<Verb, Verb>> = { list: "watch", get: "patch" };
  return verbs.filter((verb) => !verbs.some((other) => told[verb] === other));
}
