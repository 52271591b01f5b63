import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { WatchState } from "../project/ports/doctor.ts";

/** What Prometheus is told; docs/guide/operations.md has the table. Everything is read at the moment it is asked for. */
export function metricsOf(of: { queue(): number; leads(): boolean; watches(): WatchState[] }): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  new Gauge({
    name: "slipway_queue_length",
    help: "Projects that wait to be looked at, or are being looked at.",
    registers,
    collect() {
      this.set(of.queue());
    },
  });
  new Gauge({
    name: "slipway_leader",
    help: "1 while this replica reconciles, posts to Slack and runs what is done by the clock; 0 while it stands by.",
    registers,
    collect() {
      this.set(of.leads() ? 1 : 0);
    },
  });

  const perKind = (name: string, help: string, value: (watch: WatchState) => number | undefined) =>
    new Gauge({
      name,
      help,
      labelNames: ["kind"],
      registers,
      collect() {
        this.reset();
        for (const watch of of.watches()) {
          const told = value(watch);
          if (told !== undefined) this.set({ kind: watch.kind }, told);
        }
      },
    });
  perKind(
    "slipway_watch_in_step",
    "1 while the watch of this kind is in step with the API server, 0 while it is not.",
    (watch) => (watch.problem === undefined ? 1 : 0),
  );
  // A time, not an age: https://prometheus.io/docs/practices/instrumentation/#timestamps-not-time-since
  perKind(
    "slipway_watch_heard_timestamp_seconds",
    "When the API server last said anything to the watch of this kind, bookmarks included.",
    ({ heardAt }) => heardAt && heardAt.getTime() / 1000,
  );
  perKind("slipway_watch_objects", "Objects that the watch of this kind holds.", ({ objects }) => objects);
  new Counter({
    name: "slipway_watch_relists_total",
    help: "How often everything of this kind had to be listed anew.",
    labelNames: ["kind"],
    registers,
    collect() {
      this.reset();
      for (const { kind, relists } of of.watches()) this.inc({ kind }, relists);
    },
  });
  return registry;
}
