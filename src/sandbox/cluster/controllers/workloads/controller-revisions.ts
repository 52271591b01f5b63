import { z } from "zod";
import type { KubeObject } from "../../store.ts";
import type { Cluster } from "../runtime/cluster.ts";
import { refOf } from "../runtime/key.ts";
import { isOwnedBy, ownerReference } from "./deployment.ts";
import { PodTemplate, stable, templateHash } from "./pod-template.ts";

const Revision = z.looseObject({
  revision: z.number(),
  data: z.looseObject({ spec: z.looseObject({ template: PodTemplate }) }),
});

/** One template that a StatefulSet or DaemonSet has had. */
export interface ControllerRevision {
  object: KubeObject;
  hash: string;
  revision: number;
  template: PodTemplate;
}

const HASH = "controller.kubernetes.io/hash";

/**
 * The revision of `template`, made or brought to the front, and the older ones; what is over `limit` and not `live` goes.
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/controller/history/controller_history.go
 */
export function reviseTemplate(
  { store }: Cluster,
  owner: KubeObject,
  template: PodTemplate,
  options: { labels: Record<string, string>; limit: number; live: readonly string[] },
): { newest: ControllerRevision; older: ControllerRevision[] } {
  const known = store
    .list("apps/v1", "ControllerRevision", { namespace: owner.metadata.namespace })
    .filter((object) => isOwnedBy(object, owner))
    .map(read)
    .sort((a, b) => a.revision - b.revision);
  const last = known.at(-1);
  const same = known.findLast((one) => stable(withoutPatch(one.template)) === stable(template));
  const next = (last?.revision ?? 0) + 1;
  const newest =
    same === undefined
      ? make(next)
      : same === last
        ? same
        : read(store.mergePatch(refOf(same.object), { revision: next }));
  const older = known.filter((one) => one.object.metadata.name !== newest.object.metadata.name);
  const idle = older.filter(
    ({ object, hash }) => !options.live.includes(object.metadata.name) && !options.live.includes(hash),
  );
  for (const { object } of idle.slice(0, Math.max(0, idle.length - options.limit))) {
    store.delete(refOf(object));
  }
  return { newest, older };

  function make(revision: number): ControllerRevision {
    const hash = templateHash(template);
    return read(
      store.create({
        apiVersion: "apps/v1",
        kind: "ControllerRevision",
        metadata: {
          name: `${owner.metadata.name}-${hash}`,
          namespace: owner.metadata.namespace,
          labels: { ...options.labels, [HASH]: hash },
          ownerReferences: [ownerReference(owner)],
        },
        data: { spec: { template: { ...template, $patch: "replace" } } },
        revision,
      }),
    );
  }
}

function read(object: KubeObject): ControllerRevision {
  const { revision, data } = Revision.parse(object);
  return { object, hash: object.metadata.labels?.[HASH] ?? "", revision, template: withoutPatch(data.spec.template) };
}

function withoutPatch({ $patch: _, ...template }: PodTemplate): PodTemplate {
  return template;
}
