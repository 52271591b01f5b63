import type { Testbed } from "./testbed.ts";

/** Made by the cluster itself all the time, and gone by themselves. */
const PASSING = ["events", "events.events.k8s.io", "leases.coordination.k8s.io", "componentstatuses"];

/** Every object of the cluster, as `Kind namespace/name`. */
export async function objectsOf(at: Testbed): Promise<string[]> {
  const kinds = (await at.kubectl("api-resources", "--verbs=list", "-o", "name"))
    .split("\n")
    .filter((kind) => kind !== "" && !PASSING.includes(kind));
  const columns = "custom-columns=KIND:.kind,NAMESPACE:.metadata.namespace,NAME:.metadata.name";
  const text = await at.kubectl("get", kinds.join(","), "-A", "--no-headers", "-o", columns);
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.replace(/^(\S+)\s+(\S+)\s+(\S+)$/, "$1 $2/$3"))
    .sort();
}
