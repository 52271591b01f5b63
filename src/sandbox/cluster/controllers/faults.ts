/** What is broken in the simulated world around the cluster; scenarios set it, controllers look at it. */
export interface Faults {
  /** `host:port` that the cluster cannot reach, with the address to name in messages. */
  cut: Map<string, string>;
  /** TCP ports of the node that the outside cannot reach. */
  blockedPorts: Set<number>;
  /** Names of the public DNS that have been set by hand: addresses, or none for NXDOMAIN. */
  dns: Map<string, readonly string[]>;
  /** Why no pod fits the node, in the scheduler's words; undefined when pods fit. */
  unschedulable?: string;
}

export function createFaults(): Faults {
  return { cut: new Map(), blockedPorts: new Set(), dns: new Map(), unschedulable: undefined };
}
