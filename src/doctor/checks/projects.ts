import type { Check, Found } from "../check.ts";

/** Can each Project be read? One that cannot is left alone, and its thread does not say so. */
export const projects: Check = {
  name: "projects",
  async run({ ports, settings: { namespace } }): Promise<Found> {
    const stored = await ports.projects.list();
    const [first, ...others] = stored.unreadable;
    if (!first) return { state: "ok", reason: "ProjectsRead", params: { count: stored.projects.length } };
    const more = others.map(({ name }) => name).join(", ");
    const params = { ...first.fault, name: first.name, namespace, others: more };
    return { state: "failed", reason: "project-unreadable", params };
  },
};
