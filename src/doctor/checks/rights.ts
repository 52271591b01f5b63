import type { Check, Found } from "../check.ts";
import { RIGHTS } from "../rights-needed.ts";

/** May the bot do what it does? Asked of the API server, of each right that manifests/base/rbac.yaml grants. */
export const rights: Check = {
  name: "rights",
  async run({ ports: { cluster }, settings: { namespace } }): Promise<Found> {
    const asked = RIGHTS.flatMap(({ verbs, own, ...resource }) =>
      verbs.map((verb) => ({ verb, resource: { ...resource, ...(own ? { namespace } : {}) } })),
    );
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
