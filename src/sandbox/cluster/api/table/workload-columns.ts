import { at, listAt } from "../../store/at.ts";
import { age, duration } from "./age.ts";
import { AGE, type Column } from "./column.ts";
import { column, number, pairs, text, wide } from "./make-column.ts";

const CONTAINERS = [
  wide("Containers", (object) =>
    listAt(object, "spec.template.spec.containers")
      .map(({ name }) => name)
      .join(","),
  ),
  wide("Images", (object) =>
    listAt(object, "spec.template.spec.containers")
      .map(({ image }) => image)
      .join(","),
  ),
];
const SELECTOR = wide("Selector", (object) => pairs(at(object, "spec.selector.matchLabels")));

/** What makes pods. */
export const WORKLOAD_COLUMNS: Readonly<Record<string, Column[]>> = {
  Deployment: [
    column("Ready", (object) => `${at(object, "status.readyReplicas") ?? 0}/${at(object, "spec.replicas") ?? 0}`),
    column("Up-to-date", (object) => at(object, "status.updatedReplicas") ?? 0),
    column("Available", (object) => at(object, "status.availableReplicas") ?? 0),
    AGE,
    ...CONTAINERS,
    SELECTOR,
  ],
  ReplicaSet: [
    number("Desired", "spec.replicas"),
    number("Current", "status.replicas"),
    number("Ready", "status.readyReplicas"),
    AGE,
    ...CONTAINERS,
    SELECTOR,
  ],
  StatefulSet: [
    column("Ready", (object) => `${at(object, "status.readyReplicas") ?? 0}/${at(object, "spec.replicas") ?? 0}`),
    AGE,
    ...CONTAINERS,
  ],
  DaemonSet: [
    number("Desired", "status.desiredNumberScheduled"),
    number("Current", "status.currentNumberScheduled"),
    number("Ready", "status.numberReady"),
    number("Up-to-date", "status.updatedNumberScheduled"),
    number("Available", "status.numberAvailable"),
    column("Node Selector", (object) => pairs(at(object, "spec.template.spec.nodeSelector"))),
    AGE,
    ...CONTAINERS,
    SELECTOR,
  ],
  Job: [
    column("Status", (object) => {
      const met = listAt(object, "status.conditions")
        .filter(({ status }) => status === "True")
        .map(({ type }) => type);
      return ["Complete", "Failed", "Suspended"].find((type) => met.includes(type)) ?? "Running";
    }),
    column("Completions", (object) => `${at(object, "status.succeeded") ?? 0}/${at(object, "spec.completions") ?? 1}`),
    column("Duration", (object, now) => {
      const [start, end] = [at(object, "status.startTime"), at(object, "status.completionTime")];
      if (typeof start !== "string") return "";
      return duration((typeof end === "string" ? new Date(end) : now).getTime() - new Date(start).getTime());
    }),
    AGE,
    ...CONTAINERS,
    SELECTOR,
  ],
  CronJob: [
    text("Schedule", "spec.schedule"),
    text("Timezone", "spec.timeZone"),
    column("Suspend", (object) => (at(object, "spec.suspend") === true ? "True" : "False"), 0, "boolean"),
    column("Active", (object) => listAt(object, "status.active").length, 0, "integer"),
    column("Last Schedule", (object, now) => {
      const last = at(object, "status.lastScheduleTime");
      return last === undefined ? "<none>" : age(last, now);
    }),
    AGE,
  ],
};
