import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { connect } from "../cluster/connect.ts";
import { createCluster } from "../cluster/create-cluster.ts";
import { createLease } from "../cluster/create-lease.ts";
import { readVersion } from "../cluster/read-version.ts";
import { createRequest } from "../cluster/request.ts";
import type { Config } from "../config.ts";
import { rules } from "../diagnosis/rules/index.ts";
import { createDoctor } from "../doctor/create-doctor.ts";
import { doctorText, examText } from "../doctor/doctor-text.ts";
import { evidence } from "../evidence/index.ts";
import type { Look } from "../project/look.ts";
import { namesOf } from "../project/names-of.ts";
import { Problem } from "../project/problem.ts";
import { readAccessState } from "../slack/access/read-access-state.ts";
import { askSlack } from "../slack/ask-slack.ts";
import { nearest } from "../slack/commands/nearest.ts";
import { en } from "../words/en/index.ts";
import { findingSaid } from "../words/finding-said.ts";
import { createClock } from "./create-clock.ts";
import { createPorts } from "./create-ports.ts";

/** How long first lists are waited for; one that is not in by then is told as not in step. */
const SYNC_MS = 10_000;
/** Longer than who leads may take: here nothing hangs on it, and this process has everything to ask at once. */
const LEASE_MS = 15_000;
/** Exit codes from 126 on mean something else to a shell. */
const MOST = 100;

/**
 * `slipway doctor [NAME]`: what `/project doctor` looks at, from where this runs and with the same configuration. It takes
 * no Lease, posts nothing, and makes no connection that Slack would deliver to. Returns the exit code: how much is wrong.
 */
export async function runDoctor(
  config: Config,
  name: string | undefined,
  print: (line: string) => void,
): Promise<number> {
  try {
    const wrong = await diagnose(config, name, print);
    print(en.doctor.counted(wrong));
    return Math.min(wrong, MOST);
  } catch (error) {
    // A kubeconfig that cannot be read; of a project, that it could not be asked for.
    const known = error instanceof Problem ? findingSaid(error.code, error.params, en)?.cause : undefined;
    const evidence = error instanceof Problem ? error.evidence : error instanceof Error ? error.message : String(error);
    print(`✖ ${known === undefined ? evidence : `${known} (${evidence})`}`);
    return 1;
  }
}

async function diagnose(config: Config, name: string | undefined, print: (line: string) => void): Promise<number> {
  const log = pino({ level: "silent" });
  const clock = createClock();
  const { settings } = config;
  const { mode, botToken, apiUrl } = config.slack;
  const appToken = mode.kind === "socket" ? mode.appToken : undefined;
  const connection = await connect(config.cluster.kubeconfig, config.cluster.contexts[0]);
  const request = createRequest(connection);
  const cluster = createCluster({ evidence, connection, namespace: settings.namespace, onHint: () => {}, clock, log });
  const ports = createPorts(config, { cluster, request, clock, log, people: { idOf: async () => undefined } });
  const synced = Promise.race([cluster.synced, sleep(SYNC_MS, undefined, { ref: false })]);
  const doctor = createDoctor(
    {
      ports,
      settings,
      forget: cluster.forget,
      version: () => readVersion(request),
      watches: async () => {
        await synced;
        return cluster.watches();
      },
      lease: createLease(request, { namespace: settings.namespace, name: "slipway" }, LEASE_MS),
      identity: undefined,
      access: () => readAccessState(config.accessFile),
      slack: () => askSlack({ botToken, appToken, apiUrl, log }),
    },
    rules,
  );
  try {
    if (name === undefined) {
      const lines = await doctor.examine();
      print(doctorText(lines, en));
      return failed(lines);
    }
    const project = await ports.projects.get(name);
    if (!project) {
      throw new Error(en.doctor.noProject(name, nearest(name, namesOf(await ports.projects.list()))));
    }
    await synced;
    const exam = await doctor.examineProject(project);
    print(examText(project, exam, en));
    const open = exam.findings.filter(({ recoveredAt }) => recoveredAt === undefined);
    return Math.max(open.length, failed(exam.lines));
  } finally {
    cluster.stop();
  }
}

function failed(lines: readonly Look[]): number {
  return lines.filter(({ state }) => state === "failed").length;
}
