import type { Connection } from "../../src/cluster/connection.ts";
import type { RunningCluster } from "../../src/cluster/create-cluster.ts";
import { createLease } from "../../src/cluster/create-lease.ts";
import { createProjects } from "../../src/cluster/projects.ts";
import { readVersion } from "../../src/cluster/read-version.ts";
import { createRequest } from "../../src/cluster/request.ts";
import { createDoctor } from "../../src/doctor/create-doctor.ts";
import { doctorText } from "../../src/doctor/doctor-text.ts";
import { metricsOf } from "../../src/start/metrics-of.ts";
import { en } from "../../src/words/en/index.ts";
import { surroundings } from "../doctor/surroundings.ts";

const NAMESPACE = "slipway-system";

/** What the doctor and the metrics say of a real cluster; Slack, GitHub and the registry are well, in memory. */
export function doctorOf(connection: Connection, cluster: RunningCluster) {
  const request = createRequest(connection);
  const { at } = surroundings();
  const clock = { now: () => new Date() };
  const real = {
    ...at,
    forget: cluster.forget,
    version: () => readVersion(request),
    watches: async () => cluster.watches(),
    lease: createLease(request, { namespace: NAMESPACE, name: "slipway" }),
    ports: { ...at.ports, clock, cluster, projects: createProjects(request, NAMESPACE) },
  };
  const registry = metricsOf({ queue: () => 0, leads: () => false, watches: cluster.watches });
  return {
    text: async () => doctorText(await createDoctor(real, []).examine(), en),
    /** Of each watch, by its kind. */
    metric: async (name: string) => {
      const values = (await registry.getSingleMetric(name)?.get())?.values ?? [];
      return new Map(values.map(({ labels, value }) => [String(labels.kind), value]));
    },
  };
}
