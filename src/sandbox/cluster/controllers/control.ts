import { traefikRole } from "../addons/traefik.ts";
import { hostPortOf } from "./flux/reach-source.ts";
import type { Cluster } from "./runtime/cluster.ts";
import { refOf } from "./runtime/key.ts";

export type Reach = "open" | "timeout" | "refused";

/** What scenarios do to the simulated world. Ports are the node's TCP ports as the outside sees them. */
export interface Control {
  /** The cluster can no longer reach `hostPort` (or the host of a URL); `address` is what messages name. */
  cutSource(hostPort: string, address?: string): void;
  mendSource(hostPort: string): void;
  blockPort(port: number): void;
  openPort(port: number): void;
  /** A TCP connection from the far side of the firewall. */
  outside(host: string, port: number): Reach;
  /** The same from a pod or the node: firewalls do not stand between. */
  inside(host: string, port: number): Reach;
  removeTraefikRole(): void;
  restoreTraefikRole(): void;
  /** Pods fit no more; `why` in the scheduler's words, e.g. `1 Insufficient memory.`. */
  failScheduling(why?: string): void;
  mendScheduling(): void;
  /** Gives a public name these addresses; none: NXDOMAIN. */
  setDns(name: string, addresses: readonly string[]): void;
  /** The name resolves as it did before `setDns`. */
  resetDns(name: string): void;
  resolve(name: string): readonly string[];
}

/** TCP ports on which something listens: those of Services of type LoadBalancer and NodePort, and SSH. */
const ALWAYS_OPEN = [22];

export function createControl(
  cluster: Cluster,
  options: {
    ports: () => readonly number[];
    addresses: readonly string[];
    lookup: (name: string) => readonly string[];
  },
): Control {
  const { store, faults } = cluster;
  const resolve = (name: string) => faults.dns.get(name) ?? options.lookup(name);
  const listens = (host: string, port: number) => {
    const addresses = /^[\d.]+$|:/.test(host) ? [host] : resolve(host);
    return {
      ours: addresses.some((address) => options.addresses.includes(address)),
      known: addresses.length > 0,
      open: [...ALWAYS_OPEN, ...options.ports()].includes(port),
    };
  };
  const role = () => store.get(refOf(traefikRole));
  const normal = (hostPort: string) => hostPortOf(hostPort) ?? hostPort;
  return {
    cutSource: (hostPort, address) => {
      faults.cut.set(normal(hostPort), address ?? normal(hostPort));
    },
    mendSource: (hostPort) => {
      faults.cut.delete(normal(hostPort));
    },
    blockPort: (port) => {
      faults.blockedPorts.add(port);
    },
    openPort: (port) => {
      faults.blockedPorts.delete(port);
    },
    outside: (host, port) => {
      const { ours, open } = listens(host, port);
      // Nobody at the address, or a firewall that drops: both stay silent.
      return !ours || faults.blockedPorts.has(port) ? "timeout" : open ? "open" : "refused";
    },
    inside: (host, port) => {
      const { ours, open } = listens(host, port);
      return !ours ? "timeout" : open ? "open" : "refused";
    },
    removeTraefikRole: () => {
      if (role()) {
        store.delete(refOf(traefikRole));
      }
    },
    restoreTraefikRole: () => {
      if (!role()) {
        store.create(traefikRole);
      }
    },
    failScheduling: (why = "1 Insufficient memory.") => {
      faults.unschedulable = why;
    },
    mendScheduling: () => {
      faults.unschedulable = undefined;
    },
    setDns: (name, addresses) => {
      faults.dns.set(name, addresses);
    },
    resetDns: (name) => {
      faults.dns.delete(name);
    },
    resolve,
  };
}
