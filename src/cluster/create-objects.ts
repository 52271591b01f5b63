import { PROJECT_LABEL } from "../project/ownership.ts";
import type { KubeObject } from "../project/ports/cluster.ts";

/** Objects of one kind, found by name and by project without looking through all of them. */
export interface Objects {
  readonly size: number;
  get(name: string, namespace?: string): KubeObject | undefined;
  ofProject(project: string): readonly KubeObject[];
  values(): Iterable<KubeObject>;
  /** False: it was there, in this very version. */
  set(object: KubeObject): boolean;
  /** False: it was not there. */
  delete(object: KubeObject): boolean;
}

export function createObjects(): Objects {
  const byName = new Map<string, KubeObject>();
  const byProject = new Map<string, KubeObject[]>();

  function unlist(object: KubeObject) {
    const project = projectOf(object);
    if (project === undefined) return;
    const left = byProject.get(project)?.filter((each) => each !== object) ?? [];
    if (left.length === 0) byProject.delete(project);
    else byProject.set(project, left);
  }

  return {
    get size() {
      return byName.size;
    },
    get: (name, namespace) => byName.get(keyOf({ name, namespace })),
    ofProject: (project) => byProject.get(project) ?? [],
    values: () => byName.values(),
    set(object) {
      const key = keyOf(object.metadata);
      const before = byName.get(key);
      if (before && before.metadata.resourceVersion === object.metadata.resourceVersion) return false;
      if (before) unlist(before);
      byName.set(key, object);
      const project = projectOf(object);
      if (project !== undefined) byProject.set(project, [...(byProject.get(project) ?? []), object]);
      return true;
    },
    delete({ metadata }) {
      const key = keyOf(metadata);
      const before = byName.get(key);
      if (!before) return false;
      unlist(before);
      return byName.delete(key);
    },
  };
}

function keyOf({ namespace, name }: { namespace?: string | undefined; name: string }): string {
  return `${namespace ?? ""}/${name}`;
}

function projectOf({ metadata }: KubeObject): string | undefined {
  return metadata.labels?.[PROJECT_LABEL];
}
