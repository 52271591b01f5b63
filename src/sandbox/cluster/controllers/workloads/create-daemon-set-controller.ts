import { z } from "zod";
import type { KubeObject } from "../../store.ts";
import { parsePod } from "../kubelet/pod.ts";
import type { Cluster } from "../runtime/cluster.ts";
import type { Controller } from "../runtime/controller.ts";
import { keyOf, refOf, splitKey } from "../runtime/key.ts";
import { writeStatus } from "../runtime/write-status.ts";
import { reviseTemplate } from "./controller-revisions.ts";
import { type DaemonSet, parseDaemonSet } from "./daemon-set.ts";
import { keysOfOwner } from "./keys-of-owner.ts";
import { createPodControl } from "./pod-control.ts";
import { finished, isReady, isTerminating } from "./pod-state.ts";
import { type PodTemplate, SAFE_LETTERS } from "./pod-template.ts";

const COMPONENT = "daemonset-controller";
const HASH = "controller-revision-hash";
const RETRY_MILLISECONDS = 5_000;

/** One pod a node. https://github.com/kubernetes/kubernetes/tree/v1.34.4/pkg/controller/daemon */
export function createDaemonSetController(cluster: Cluster): Controller {
  const { store, world } = cluster;
  const control = createPodControl(cluster, COMPONENT);
  return {
    name: COMPONENT,
    keysOf: ({ object }) =>
      object.kind === "Node" ? store.list("apps/v1", "DaemonSet").map(keyOf) : keysOfOwner(object, "DaemonSet"),
    reconcile: (key) => {
      const object = store.get({ apiVersion: "apps/v1", kind: "DaemonSet", ...splitKey(key) });
      if (!object || object.metadata.deletionTimestamp) {
        return undefined;
      }
      const set = parseDaemonSet(object);
      const { newest } = reviseTemplate(cluster, object, set.spec.template, {
        labels: set.spec.selector.matchLabels,
        limit: set.spec.revisionHistoryLimit,
        live: control.of(object).map(hashOf),
      });
      const nodes = eligibleNodes(set);
      let refused = false;
      for (const pod of control.of(object).filter((one) => !nodes.includes(nodeOf(one) ?? "") && !isTerminating(one))) {
        control.remove(object, pod);
      }
      for (const node of nodes) {
        refused = manage(object, set, node, newest.hash, newest.template) || refused;
      }
      report(object, nodes, newest.hash);
      return refused ? RETRY_MILLISECONDS : undefined;
    },
  };

  /** Brings one node's pods to the newest template; true where the server refused one. */
  function manage(object: KubeObject, { spec }: DaemonSet, node: string, hash: string, template: PodTemplate): boolean {
    const pods = control.of(object).filter((pod) => nodeOf(pod) === node && !isTerminating(pod));
    for (const pod of pods.filter((one) => finished(one) === "Failed")) {
      control.tell(
        object,
        "Warning",
        "FailedDaemonPod",
        `Found failed daemon pod ${keyOf(pod)} on node ${node}, will try to kill it`,
      );
      control.remove(object, pod);
    }
    const living = pods.filter((pod) => finished(pod) === undefined);
    const fresh = living.filter((pod) => hashOf(pod) === hash);
    const old = living.filter((pod) => hashOf(pod) !== hash);
    const surges = ![0, "0", "0%"].includes(spec.updateStrategy.rollingUpdate?.maxSurge ?? 0);
    if (spec.updateStrategy.type === "RollingUpdate" && (!surges || fresh.some(isReady))) {
      for (const pod of old) {
        control.remove(object, pod);
      }
      return living.length === old.length && create(object, node, hash, template);
    }
    const wants = surges ? fresh.length === 0 : living.length === 0;
    return wants && create(object, node, hash, template);
  }

  function create(object: KubeObject, node: string, hash: string, template: PodTemplate): boolean {
    const generateName = `${object.metadata.name}-`;
    const refused = control.create(
      object,
      { ...template, spec: { ...template.spec, affinity: { nodeAffinity: affinityTo(node) } } },
      {
        name: `${generateName}${world.random.text(5, SAFE_LETTERS)}`,
        generateName,
        labels: { [HASH]: hash, "pod-template-generation": String(object.metadata.generation ?? 1) },
      },
    );
    return refused !== undefined;
  }

  function eligibleNodes({ spec }: DaemonSet): string[] {
    const wanted = Object.entries(spec.template.spec.nodeSelector ?? {});
    return store
      .list("v1", "Node")
      .filter(({ metadata }) => wanted.every(([key, value]) => metadata.labels?.[key] === value))
      .map(({ metadata }) => metadata.name);
  }

  function report(object: KubeObject, nodes: readonly string[], hash: string): void {
    const fresh = store.get(refOf(object));
    if (!fresh) {
      return;
    }
    const pods = control.of(object).filter((pod) => !isTerminating(pod));
    const where = (holds: (pod: KubeObject) => boolean) =>
      nodes.filter((node) => pods.some((pod) => nodeOf(pod) === node && holds(pod))).length;
    const ready = where(isReady);
    const updated = where((pod) => hashOf(pod) === hash);
    writeStatus(store, fresh, {
      currentNumberScheduled: where(() => true),
      numberMisscheduled: 0,
      desiredNumberScheduled: nodes.length,
      numberReady: ready,
      observedGeneration: object.metadata.generation,
      ...(updated > 0 ? { updatedNumberScheduled: updated } : {}),
      ...(ready > 0 ? { numberAvailable: ready } : {}),
      ...(ready < nodes.length ? { numberUnavailable: nodes.length - ready } : {}),
    });
  }
}

const hashOf = (pod: KubeObject) => pod.metadata.labels?.[HASH] ?? "";

const ForNode = z.looseObject({
  spec: z.looseObject({
    affinity: z.looseObject({
      nodeAffinity: z.looseObject({
        requiredDuringSchedulingIgnoredDuringExecution: z.looseObject({
          nodeSelectorTerms: z.tuple([
            z.looseObject({ matchFields: z.tuple([z.looseObject({ values: z.tuple([z.string()]) })]) }),
          ]),
        }),
      }),
    }),
  }),
});

/** The scheduler binds it, as any pod. https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/#how-daemon-pods-are-scheduled */
function affinityTo(node: string) {
  return {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchFields: [{ key: "metadata.name", operator: "In", values: [node] }] }],
    },
  };
}

/** The node that it was made for, also before it is there. */
function nodeOf(pod: KubeObject): string | undefined {
  const made = ForNode.safeParse(pod);
  if (!made.success) {
    return parsePod(pod).spec.nodeName;
  }
  const { nodeSelectorTerms } = made.data.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution;
  return nodeSelectorTerms[0].matchFields[0].values[0];
}
