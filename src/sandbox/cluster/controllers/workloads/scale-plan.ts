export interface Scalable {
  name: string;
  replicas: number;
  available: number;
}

/**
 * How many replicas each set should have next, so that a rolling update keeps its promises.
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/controller/deployment/rolling.go
 */
export function planRollingUpdate(options: {
  wanted: number;
  maxSurge: number;
  maxUnavailable: number;
  next: Scalable;
  old: readonly Scalable[];
}): Map<string, number> {
  const { wanted, next, old } = options;
  const maxUnavailable = options.maxSurge === 0 && options.maxUnavailable === 0 ? 1 : options.maxUnavailable;
  const plan = new Map<string, number>();
  const total = next.replicas + old.reduce((sum, { replicas }) => sum + replicas, 0);
  if (next.replicas < wanted) {
    const room = Math.max(0, wanted + options.maxSurge - total);
    plan.set(next.name, next.replicas + Math.min(room, wanted - next.replicas));
  } else if (next.replicas > wanted) {
    plan.set(next.name, wanted);
  }
  const available = next.available + old.reduce((sum, set) => sum + set.available, 0);
  const minAvailable = wanted - maxUnavailable;
  const newUnavailable = next.replicas - next.available;
  let cleanable = total - minAvailable - newUnavailable;
  for (const set of old) {
    // Those that never worked go first: nobody misses them.
    const broken = Math.min(Math.max(cleanable, 0), set.replicas - set.available);
    cleanable -= broken;
    plan.set(set.name, set.replicas - broken);
  }
  let spare = available - minAvailable;
  for (const set of old) {
    const left = plan.get(set.name) ?? set.replicas;
    const down = Math.min(Math.max(spare, 0), Math.min(left, set.available));
    spare -= down;
    plan.set(set.name, left - down);
  }
  return plan;
}
