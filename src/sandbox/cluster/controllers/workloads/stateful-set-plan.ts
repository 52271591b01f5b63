export interface Member {
  ordinal: number;
  name: string;
  /** The ControllerRevision that it was made of. */
  revision: string;
  ready: boolean;
  /** Failed or succeeded: it will not come back by itself. */
  finished: boolean;
  terminating: boolean;
}

export type Step = { do: "create"; ordinal: number } | { do: "delete"; name: string };

/**
 * What to do next: one thing at a time where order is kept, and only once every predecessor is ready.
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/controller/statefulset/stateful_set_control.go (updateStatefulSet)
 */
export function planStatefulSet(options: {
  members: readonly Member[];
  /** The first ordinal, and how many from there. */
  start: number;
  replicas: number;
  ordered: boolean;
  /** Undefined: who deletes a pod gets the new revision. */
  update?: { revision: string; partition: number };
}): Step[] {
  const { members, start, replicas, ordered } = options;
  const steps: Step[] = [];
  const wanted = Array.from({ length: replicas }, (_, index) => start + index);
  for (const ordinal of wanted) {
    const member = members.find((one) => one.ordinal === ordinal);
    if (member === undefined) {
      steps.push({ do: "create", ordinal });
    } else if (member.finished && !member.terminating) {
      steps.push({ do: "delete", name: member.name });
    } else if (member.ready && !member.terminating) {
      continue;
    }
    if (ordered) {
      return steps;
    }
  }
  const condemned = members
    .filter(({ ordinal }) => !wanted.includes(ordinal))
    .toSorted((a, b) => b.ordinal - a.ordinal);
  const firstUnready = condemned.findLast(({ ready }) => !ready);
  for (const member of condemned) {
    if (ordered && (member.terminating || (!member.ready && member !== firstUnready))) {
      return steps;
    }
    if (!member.terminating) {
      steps.push({ do: "delete", name: member.name });
    }
    if (ordered) {
      return steps;
    }
  }
  return options.update === undefined ? steps : [...steps, ...planUpdate(members, wanted, options.update)];
}

/** From the highest ordinal down to the partition, each once the one after it is ready. */
function planUpdate(
  members: readonly Member[],
  wanted: readonly number[],
  { revision, partition }: { revision: string; partition: number },
): Step[] {
  for (const ordinal of wanted.filter((_, index) => index >= partition).toReversed()) {
    const member = members.find((one) => one.ordinal === ordinal);
    if (member && !member.terminating && member.revision !== revision) {
      return [{ do: "delete", name: member.name }];
    }
    if (!member?.ready || member.terminating) {
      return [];
    }
  }
  return [];
}
