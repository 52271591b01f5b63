import { setTimeout as sleep } from "node:timers/promises";
import { KubeConfig, KubernetesObjectApi, PatchStrategy } from "@kubernetes/client-node";
import { Octokit } from "@octokit/rest";
import type { KubeObject } from "../../src/sandbox/cluster/store.ts";
import { readFlags } from "../../src/sandbox/read-flags.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { until } from "../cluster/until.ts";
import { createApplication } from "./create-application.ts";
import { fieldOf } from "./field-of.ts";
import { createReading } from "./reading.ts";
import type { Team } from "./team.ts";

/** What answers a command is there once nothing has been added for this long. */
const ANSWERED_MS = 700;
/** What is not there yet is asked for again. */
const QUIET = { debug() {}, info() {}, warn() {}, error() {} };
const PROJECT = { apiVersion: "slipway.dev/v1alpha1", kind: "Project", namespace: "slipway-system" };

export async function startTeam(...flags: string[]): Promise<Team> {
  const sandbox = await startSandbox(readFlags(["--port", "0", "--speed", "20", ...flags]));
  const { workspace } = sandbox.slack;
  const { simulated } = sandbox.cluster;
  if (!simulated) throw new Error("the cases change the cluster's insides: they need the simulated one");
  const reading = createReading(workspace);
  const config = new KubeConfig();
  config.loadFromString(sandbox.cluster.kubeconfig);
  const kubernetes = KubernetesObjectApi.makeApiClient(config);
  const busy = new Map<string, Promise<unknown>>();

  async function ask(channel: string, command: string): Promise<string> {
    const before = reading.answers(channel).length;
    await workspace.say({ person: workspace.you, channel, text: command });
    const answers = () => reading.answers(channel).slice(before);
    await until(30, `an answer to ${command}`, () => answers().length > 0);
    for (let known = -1; known !== answers().length; await sleep(ANSWERED_MS)) known = answers().length;
    return answers().join("\n");
  }

  const team: Team = {
    sandbox,
    store: simulated.store,
    control: simulated.control,
    octokit: new Octokit({ baseUrl: sandbox.github.apiUrl, auth: sandbox.github.token, log: QUIET }),
    reading,
    async create(name, words = "template=node-service") {
      // Of its own: Slack takes one message a second in a channel, and several cases go on at once.
      const channel = workspace.createChannel(name);
      workspace.invite(channel);
      await workspace.say({ person: workspace.you, channel, text: `/project create ${name} ${words}` });
      return createApplication(team, name, channel);
    },
    async launch(name, words) {
      const application = await team.create(name, words);
      await until(240, `${name} live`, () => phaseOf(team.store.get({ ...PROJECT, name })) === "Live");
      return application;
    },
    async patch(manager, object) {
      await kubernetes.patch(object, undefined, undefined, manager, undefined, PatchStrategy.MergePatch);
    },
    ask(channel, command) {
      // One after another, as a person does it: an answer does not say what it answers.
      const answer = (busy.get(channel) ?? Promise.resolve()).then(() => ask(channel, command));
      busy.set(
        channel,
        answer.catch(() => undefined),
      );
      return answer;
    },
    async close() {
      reading.end();
      await sandbox.close();
    },
  };
  return team;
}

function phaseOf(project: KubeObject | undefined): unknown {
  return fieldOf(project, "status", "phase");
}
