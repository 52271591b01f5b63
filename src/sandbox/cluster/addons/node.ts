import type { KubeObject } from "../store.ts";

export interface NodeOptions {
  name: string;
  /** Tells the cloud: `qcloud:///800002/ins-…`, `k3s://…`. */
  providerID: string;
  internalIP: string;
  /** Undefined on a node that does not know its public address. */
  externalIP: string | undefined;
  now: string;
}

const CONDITIONS = [
  ["MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"],
  ["DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"],
  ["PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"],
  ["Ready", "True", "KubeletReady", "kubelet is posting ready status"],
] as const;

/** The one node, as k3s registers it. */
export function node({ name, providerID, internalIP, externalIP, now }: NodeOptions): KubeObject {
  const amounts = { cpu: "4", "ephemeral-storage": "50Gi", memory: "8Gi", pods: "110" };
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      labels: {
        "beta.kubernetes.io/arch": "amd64",
        "beta.kubernetes.io/instance-type": "k3s",
        "beta.kubernetes.io/os": "linux",
        "kubernetes.io/arch": "amd64",
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "node-role.kubernetes.io/control-plane": "true",
        "node.kubernetes.io/instance-type": "k3s",
      },
    },
    spec: { podCIDR: "10.42.0.0/24", podCIDRs: ["10.42.0.0/24"], providerID },
    status: {
      addresses: [
        { type: "InternalIP", address: internalIP },
        ...(externalIP === undefined ? [] : [{ type: "ExternalIP", address: externalIP }]),
        { type: "Hostname", address: name },
      ],
      capacity: amounts,
      allocatable: amounts,
      conditions: CONDITIONS.map(([type, status, reason, message]) => ({
        type,
        status,
        reason,
        message,
        lastHeartbeatTime: now,
        lastTransitionTime: now,
      })),
      nodeInfo: {
        architecture: "amd64",
        bootID: "00000000-0000-4000-8000-000000000000",
        containerRuntimeVersion: "containerd://2.1.5-k3s1",
        kernelVersion: "6.1.0",
        kubeProxyVersion: "",
        kubeletVersion: "v1.34.4+k3s1",
        machineID: "sandbox",
        operatingSystem: "linux",
        osImage: "Slipway's sandbox",
        systemUUID: "sandbox",
      },
    },
  };
}
