import type { KubeObject } from "../../store.ts";
import { at, listAt } from "../at.ts";
import { builtinKind } from "../builtin-kind.ts";
import { isObject, type JsonObject } from "../is-object.ts";
import { refuse } from "../refuse.ts";
import type { Admission } from "./admission.ts";

const FIRST_NODE_PORT = 30_000;
const NODE_PORTS = 2_768;

/** Allocates the cluster's address and node ports, as the Service's own storage does. k3s's ranges: 10.43.0.0/16, 30000-32767. */
export function prepareService(
  service: KubeObject,
  previous: KubeObject | undefined,
  admission: Admission,
): KubeObject {
  const spec: JsonObject = isObject(service.spec) ? { ...service.spec } : {};
  if (spec.type === "ExternalName") return { ...service, spec };
  const all = admission.storage.readAll(builtinKind("Service"));
  const others = all.filter((other) => other.metadata.uid !== service.metadata.uid);
  const { random } = admission;
  spec.clusterIP ??= at(previous, "spec.clusterIP") ?? freeAddress(others, random.number);
  spec.clusterIPs ??= at(previous, "spec.clusterIPs") ?? [spec.clusterIP];
  spec.ipFamilies ??= at(previous, "spec.ipFamilies") ?? ["IPv4"];
  spec.ipFamilyPolicy ??= at(previous, "spec.ipFamilyPolicy") ?? "SingleStack";
  const open = spec.type === "NodePort" || spec.type === "LoadBalancer";
  const taken = new Set(others.flatMap((other) => listAt(other, "spec.ports").map((port) => port.nodePort)));
  const before = listAt(previous, "spec.ports");
  if (spec.ports !== undefined) {
    spec.ports = listAt(spec, "ports").map((port, index) => {
      if (!open) return port;
      if (port.nodePort !== undefined) {
        if (taken.has(port.nodePort)) throw portTaken(service, index, port.nodePort);
        return port;
      }
      const kept = before.find((one) => one.port === port.port && one.protocol === port.protocol)?.nodePort;
      const nodePort = kept ?? freePort(taken, random.number);
      taken.add(nodePort);
      return { ...port, nodePort };
    });
  }
  return { ...service, spec };
}

function freeAddress(others: KubeObject[], number: () => number): string {
  const taken = new Set(others.map((other) => at(other, "spec.clusterIP")));
  for (;;) {
    const address = `10.43.${Math.floor(number() * 256)}.${1 + Math.floor(number() * 254)}`;
    if (!taken.has(address)) return address;
  }
}

function freePort(taken: Set<unknown>, number: () => number): number {
  for (;;) {
    const port = FIRST_NODE_PORT + Math.floor(number() * NODE_PORTS);
    if (!taken.has(port)) return port;
  }
}

function portTaken(service: KubeObject, index: number, port: unknown) {
  const message = `Invalid value: ${port}: provided port is already allocated`;
  const fault = { reason: "FieldValueInvalid", field: `spec.ports[${index}].nodePort`, message };
  return refuse.invalid(builtinKind("Service"), service.metadata.name, [fault]);
}
