import { at, listAt } from "../at.ts";
import { isObject, type JsonObject } from "../is-object.ts";

/** One requirement: what a pod does against it, in the server's words, or undefined. */
type Requirement = (pod: Pod) => string | undefined;

interface Pod {
  spec: JsonObject;
  containers: JsonObject[];
}

/** https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline */
const DEFAULT_CAPABILITIES = new Set([
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
]);

const RESTRICTED_VOLUMES = new Set([
  "name",
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "persistentVolumeClaim",
  "projected",
  "secret",
]);

const BASELINE: Requirement[] = [
  ({ containers }) => {
    const bad = containers.map((one) => [one, added(one).filter((name) => !DEFAULT_CAPABILITIES.has(name))] as const);
    const those = bad.filter(([, names]) => names.length > 0);
    const names = [...new Set(those.flatMap(([, list]) => list))].sort();
    return those.length === 0
      ? undefined
      : `non-default capabilities (${named(those.map(([one]) => one))} must not include ${quoted(names)} in securityContext.capabilities.add)`;
  },
  ({ spec }) => {
    const shared = ["hostNetwork", "hostPID", "hostIPC"].filter((field) => spec[field] === true);
    return shared.length === 0 ? undefined : `host namespaces (${shared.map((field) => `${field}=true`).join(", ")})`;
  },
  ({ spec }) => {
    const volumes = listAt(spec, "volumes").filter((volume) => volume.hostPath !== undefined);
    return volumes.length === 0
      ? undefined
      : `hostPath volumes (${volumes.length === 1 ? "volume" : "volumes"} ${quoted(volumes.map((volume) => volume.name))})`;
  },
  ({ containers }) => {
    const ports = (one: JsonObject) =>
      listAt(one, "ports")
        .map((port) => Number(port.hostPort ?? 0))
        .filter((port) => port !== 0);
    const bad = containers.filter((one) => ports(one).length > 0);
    const all = [...new Set(bad.flatMap(ports))].sort((left, right) => left - right);
    return bad.length === 0
      ? undefined
      : `hostPort (${named(bad)} ${bad.length === 1 ? "uses" : "use"} ${all.length === 1 ? "hostPort" : "hostPorts"} ${all.join(", ")})`;
  },
  ({ containers }) => {
    const bad = containers.filter((one) => at(one, "securityContext.privileged") === true);
    return bad.length === 0 ? undefined : `privileged (${named(bad)} must not set securityContext.privileged=true)`;
  },
];

/** Under `restricted` these stand for the weaker ones of baseline, so hostPath and capabilities are told once. */
const RESTRICTED: Requirement[] = [
  ...BASELINE.slice(4),
  ({ containers }) => {
    const bad = containers.filter((one) => at(one, "securityContext.allowPrivilegeEscalation") !== false);
    return bad.length === 0
      ? undefined
      : `allowPrivilegeEscalation != false (${named(bad)} must set securityContext.allowPrivilegeEscalation=false)`;
  },
  ({ containers }) => {
    const bad = containers.filter((one) => !strings(at(one, "securityContext.capabilities.drop")).includes("ALL"));
    return bad.length === 0
      ? undefined
      : `unrestricted capabilities (${named(bad)} must set securityContext.capabilities.drop=["ALL"])`;
  },
  ...BASELINE.slice(1, 2),
  ({ spec }) => {
    const typeOf = (volume: JsonObject) => Object.keys(volume).find((key) => !RESTRICTED_VOLUMES.has(key));
    const bad = listAt(spec, "volumes").filter((volume) => typeOf(volume) !== undefined);
    const types = [...new Set(bad.map(typeOf))].sort();
    return bad.length === 0
      ? undefined
      : `restricted volume types (${bad.length === 1 ? "volume" : "volumes"} ${quoted(bad.map((volume) => volume.name))} ${bad.length === 1 ? "uses" : "use"} restricted volume ${types.length === 1 ? "type" : "types"} ${quoted(types)})`;
  },
  ...BASELINE.slice(3, 4),
  ({ spec, containers }) => {
    const whole = at(spec, "securityContext.runAsNonRoot");
    const bad = containers.filter((one) => (at(one, "securityContext.runAsNonRoot") ?? whole) !== true);
    return bad.length === 0
      ? undefined
      : `runAsNonRoot != true (pod or ${named(bad)} must set securityContext.runAsNonRoot=true)`;
  },
  ({ spec, containers }) => {
    const bad = containers.filter((one) => at(one, "securityContext.runAsUser") === 0);
    const pod = at(spec, "securityContext.runAsUser") === 0 ? ["pod"] : [];
    const who = [...pod, ...(bad.length === 0 ? [] : [named(bad)])].join(" and ");
    return who === "" ? undefined : `runAsUser=0 (${who} must not set runAsUser=0)`;
  },
  ({ spec, containers }) => {
    const whole = at(spec, "securityContext.seccompProfile.type");
    const allowed = ["RuntimeDefault", "Localhost"];
    const bad = containers.filter(
      (one) => !allowed.includes(String(at(one, "securityContext.seccompProfile.type") ?? whole)),
    );
    return bad.length === 0
      ? undefined
      : `seccompProfile (pod or ${named(bad)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")`;
  },
];

const LEVELS: Readonly<Record<string, Requirement[]>> = { privileged: [], baseline: BASELINE, restricted: RESTRICTED };

/** What a pod does that `level` does not allow, as the server says it; empty where all is well. */
export function podSecurity(level: string, spec: JsonObject): string {
  const pod = { spec, containers: [...listAt(spec, "initContainers"), ...listAt(spec, "containers")] };
  return (LEVELS[level] ?? [])
    .map((requirement) => requirement(pod))
    .filter((told) => told !== undefined)
    .join(", ");
}

function named(containers: JsonObject[]): string {
  return `${containers.length === 1 ? "container" : "containers"} ${quoted(containers.map((one) => one.name))}`;
}

function quoted(names: unknown[]): string {
  return names.map((name) => JSON.stringify(name)).join(", ");
}

function added(container: JsonObject): string[] {
  return strings(at(container, "securityContext.capabilities.add"));
}

function strings(value: unknown): string[] {
  return Array.isArray(value) && !isObject(value) ? value.map(String) : [];
}
