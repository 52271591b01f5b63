import { connect } from "../../../src/cluster/connect.ts";
import { createCluster } from "../../../src/cluster/create-cluster.ts";
import { evidence } from "../../../src/evidence/index.ts";
import { reportEvents } from "./report-events.ts";

/** The bot's own watches and nothing else of it, as a process to be measured. */
const report = reportEvents();
const quiet = () => {};
const cluster = createCluster({
  evidence,
  connection: await connect(process.env.KUBECONFIG),
  namespace: "slipway-system",
  onHint: report.seen,
  clock: { now: () => new Date() },
  log: { debug: quiet, info: quiet, warn: report.warned, error: report.warned },
});
await cluster.synced;
report.synced();
