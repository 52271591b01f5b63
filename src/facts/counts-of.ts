import type { Conditions } from "./conditions.ts";
import { heldFrom } from "./held-from.ts";
import type { Identity } from "./identity.ts";
import type { WorkloadShape } from "./workload-shape.ts";

interface Counts {
  wanted: number;
  /** It is as it is meant to be, as kstatus judges that, but that it asks of pods under OnDelete to be ready too. */
  settled: boolean;
  /** So many pods it has come to on its way to its newest revision; more that seem to are of the one before. */
  reached: number;
  /** How many of those are ready, as the controller itself counts. */
  counted: number;
  held: number;
  /** Pods that its controller has still to make, or cannot; of a Deployment its condition tells. */
  unmade: number;
}

/** https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/status/core.go */
export function countsOf(shape: WorkloadShape, { generation }: Identity, conditions: Conditions): Counts {
  const { kind, spec, status } = shape;
  const observed = status.observedGeneration >= generation;
  switch (kind) {
    case "Deployment": {
      const { updatedReplicas, availableReplicas, replicas } = status;
      // https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#complete-deployment
      return counts(spec.replicas, updatedReplicas, availableReplicas, replicas <= spec.replicas);
    }
    case "StatefulSet": {
      const { updatedReplicas, readyReplicas, replicas } = status;
      const unmade = spec.replicas - replicas;
      return counts(spec.replicas, updatedReplicas, readyReplicas, replicas <= spec.replicas, unmade);
    }
    case "DaemonSet": {
      const { desiredNumberScheduled: wanted, updatedNumberScheduled, numberAvailable, numberReady } = status;
      const unmade = wanted - status.currentNumberScheduled;
      return counts(wanted, updatedNumberScheduled, numberReady, numberAvailable >= wanted, unmade);
    }
    case "Job": {
      // Its template cannot change and its pods come and go: what it says itself is all that counts.
      const ended = conditions.Complete?.status === "True";
      const rests = spec.suspend && !ended && conditions.Failed?.status !== "True";
      const wanted = rests ? 0 : (spec.completions ?? 1);
      // Between two tries it has none either: then it had one.
      const had = status.active + status.succeeded + status.failed > 0 || conditions.Failed?.status === "True";
      const unmade = ended || had ? 0 : wanted;
      return { wanted, settled: ended || rests, reached: wanted, counted: status.succeeded, held: 0, unmade };
    }
  }

  function counts(wanted: number, updated: number, ready: number, calm: boolean, lacking = 0): Counts {
    const held = Math.min(heldFrom(shape), wanted);
    const unmade = observed ? Math.max(0, lacking) : 0;
    const settled = observed && calm && ready >= wanted && updated >= wanted - held;
    // What it says of a template that it has not looked at is of the one before.
    if (!observed) return { wanted, settled, reached: wanted, counted: 0, held: 0, unmade };
    const reached = updated + held;
    return { wanted, settled, reached, counted: Math.min(reached, ready), held: Math.max(0, wanted - updated), unmade };
  }
}
