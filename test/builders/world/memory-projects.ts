import { FINALIZER } from "../../../src/project/finalizer.ts";
import type { Projects } from "../../../src/project/ports/projects.ts";
import { Problem } from "../../../src/project/problem.ts";
import { type Project, projectResource } from "../../../src/project/project.ts";

export interface MemoryProjects {
  projects: Projects;
  stored: Map<string, Project>;
  /** How often a status was written. */
  writes(): number;
}

/** As the API server keeps them: every write has a version, and one of an older version is refused. */
export function createMemoryProjects(): MemoryProjects {
  const stored = new Map<string, Project>();
  let version = 1;
  let uids = 0;
  let writes = 0;
  /** Through JSON, as on the wire: what does not survive it must not be relied on. */
  const keep = (project: Project): Project => {
    const plain: unknown = JSON.parse(
      JSON.stringify({ ...project, metadata: { ...project.metadata, resourceVersion: String(++version) } }),
    );
    stored.set(project.metadata.name, projectResource.parse(plain));
    return projectResource.parse(plain);
  };
  const held = (name: string) => {
    const found = stored.get(name);
    if (!found) throw new Problem("object-missing", { evidence: `projects.slipway.dev "${name}" not found` });
    return structuredClone(found);
  };
  const newest = ({ metadata: { name, resourceVersion } }: Project) => {
    const now = held(name);
    if (now.metadata.resourceVersion !== resourceVersion)
      throw new Problem("object-conflict", { evidence: "the object has been modified" });
    return now;
  };
  const projects: Projects = {
    get: async (name) => structuredClone(stored.get(name)),
    list: async () => ({ projects: structuredClone([...stored.values()]), unreadable: [] }),
    create: async (name, spec) =>
      keep(
        projectResource.parse({
          apiVersion: "slipway.dev/v1alpha1",
          kind: "Project",
          metadata: {
            name,
            namespace: "slipway-system",
            uid: `project-${++uids}`,
            generation: 1,
            finalizers: [FINALIZER],
          },
          spec,
        }),
      ),
    async wish(name, { id, ...wish }) {
      const project = held(name);
      return keep({ ...project, spec: { ...project.spec, wishes: { ...project.spec.wishes, [id]: wish } } });
    },
    async forgetWishes(name, ids) {
      const project = held(name);
      const wishes = Object.fromEntries(Object.entries(project.spec.wishes).filter(([id]) => !ids.includes(id)));
      return keep({ ...project, spec: { ...project.spec, wishes } });
    },
    async writeEnvironments(project, environments) {
      const now = newest(project);
      return keep({ ...now, spec: { ...now.spec, environments } });
    },
    async writeStatus(project, status) {
      const now = newest(project);
      writes += 1;
      return keep({ ...now, status });
    },
    async hold(project) {
      const { finalizers = [] } = project.metadata;
      return keep({ ...newest(project), metadata: { ...project.metadata, finalizers: [...finalizers, FINALIZER] } });
    },
    async delete({ metadata: { name, uid } }) {
      if (stored.get(name)?.metadata.uid === uid) stored.delete(name);
    },
  };
  return { projects, stored, writes: () => writes };
}
