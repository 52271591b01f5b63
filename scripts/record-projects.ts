import { execFile } from "node:child_process";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { WebClient } from "@slack/web-api";
import { connect } from "../src/cluster/connect.ts";
import { createRequest } from "../src/cluster/request.ts";
import { type Project, projectResource } from "../src/project/project.ts";
import { startOutsideVantage } from "../test/cluster/start-outside-vantage.ts";
import { startRealWorld } from "../test/cluster/start-real-world.ts";
import { testbed, WITHOUT } from "../test/cluster/testbed.ts";
import { until } from "../test/cluster/until.ts";
import { keepProject, type Moment, type Scene } from "./keep-project.ts";
import { readVersions } from "./read-versions.ts";

/**
 * Records again, on a testbed, what this version of the bot stores and tells, in each state that a later version may find
 * a project in, into test/fixtures/projects. To be run on the version before a change of what is stored: what is recorded
 * with the change tells nothing of those who upgrade. Takes ten minutes.
 */
const at = testbed();
const root = process.env.TESTBED_ACME_ROOT;
if (!at || !root) throw new Error(WITHOUT);

const DOMAIN = "recorded.test";
const [STEADY, BOTH, BROKEN, STOPPED] = ["steady", "both", "broken", "stopped"];
const HOSTS = [STEADY, BOTH, `${BOTH}-staging`, BROKEN, STOPPED].map((name) => `${name}.${DOMAIN}`);
const SECRET = "a-secret-for-the-outside-vantage";

for (const host of HOSTS) await at.testbed("dns", "set", host, at.node);
// The bot looks at https URLs itself, and trusts what its machine trusts.
process.env.NODE_EXTRA_CA_CERTS = root;
const vantage = await startOutsideVantage(at.program, SECRET);
process.env.VANTAGES = `outside=${vantage.url}`;
process.env.VANTAGE_SECRET = SECRET;
const work = await mkdtemp(join(tmpdir(), "slipway-record-"));
const world = await startRealWorld(at, "--domain", DOMAIN);
const { slack, github } = world.sandbox;
const scene: Scene = {
  request: createRequest(await connect(at.kubeconfig)),
  slack: new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl }),
  github,
  versions: { ...(await readVersions(at)), slipway: await commit() },
};
const keep = (name: string, state: string, note: string, is: Moment["is"], seconds = 180) =>
  keepProject(scene, { name, state, note, is, seconds });

try {
  await launches();
  await deploys();
  await failures();
  await blindness();
  await removals();
} finally {
  await at.testbed("mend", String(world.gitPort));
  for (const name of [STEADY, BOTH, BROKEN, STOPPED]) {
    await at.kubectl("-n", "slipway-system", "delete", "project", name, "--ignore-not-found");
    await at.kubectl("delete", "namespace", name, `${name}-staging`, "--ignore-not-found", "--wait=false");
  }
  await world.sandbox.close();
  await vantage.close();
  for (const host of HOSTS) await at.testbed("dns", "unset", host);
  await rm(work, { recursive: true, force: true });
}

async function launches(): Promise<void> {
  github.control.slowNextBuild(8);
  await world.say(`/project create ${STEADY} template=node-service`);
  await keep(STEADY, "launching-building", "the image is being built", waitsAt("build", "BuildRunning"));
  await keep(STEADY, "launching-rollout", "the pod starts", waitsAt("rollout", "RolloutProgressing"));
  await keep(STEADY, "live", "reached from outside", isLive);
  await world.say(`/project create ${BOTH} template=node-service env=production,staging`);
  await keep(BOTH, "two-environments", "production and staging, both live", isLive);
}

async function deploys(): Promise<void> {
  await push("A page of its own");
  await keep(STEADY, "live-deployed", "a push has been rolled out", lastDeploy("live"));
  github.control.failNextBuild();
  await push("A page that does not compile");
  await keep(STEADY, "deploy-failed", "the build of a push failed; the version before runs", lastDeploy("failed"));
}

async function failures(): Promise<void> {
  github.control.failNextBuild();
  await world.say(`/project create ${BROKEN} template=node-service`);
  await keep(BROKEN, "launch-failed", "the first build failed", phaseIs("Failed"));
  await world.say(`/project keep ${BROKEN}`);
  await keep(BROKEN, "kept", "failed, and kept as it is", phaseIs("Kept"));
  await world.say(`/project retry ${BROKEN}`);
  await keep(BROKEN, "live-retried", "failed, tried again, live", isLive);
  github.control.slowNextBuild(8);
  await world.say(`/project create ${STOPPED} template=node-service`);
  await until(60, "a build of it", async () => {
    const found = await at?.kubectl(
      "-n",
      "slipway-system",
      "get",
      "project",
      STOPPED,
      "--ignore-not-found",
      "-o",
      "json",
    );
    return found ? waitsAt("build", "BuildRunning")(projectResource.parse(JSON.parse(found))) : false;
  });
  await world.say(`/project cancel ${STOPPED}`);
  await keep(STOPPED, "cancelled", "stopped while its image was built", phaseIs("Cancelled"));
}

async function blindness(): Promise<void> {
  await at?.testbed("cut", String(world.gitPort));
  await keep(BROKEN, "live-warned", "Flux cannot fetch the source", warned(false), 300);
  await at?.testbed("mend", String(world.gitPort));
  await keep(BROKEN, "live-recovered", "Flux could not fetch the source for a while", warned(true), 300);
}

async function removals(): Promise<void> {
  const gone = world.remove(BROKEN);
  await keep(BROKEN, "removing", "its namespace is on its way out", phaseIs("Removing"));
  await keep(BROKEN, "removed", "all is gone, which is told before the Project goes", phaseIs("Removed"));
  await gone;
}

function phaseIs(phase: Project["status"]["phase"]): Moment["is"] {
  return ({ status }) => status.phase === phase;
}

/** With its last word said. */
function isLive({ status }: Project): boolean {
  return status.phase === "Live" && status.messages["milestone/live"] !== undefined;
}

function waitsAt(stage: string, reason: string): Moment["is"] {
  return ({ status }) => status.stages.some((each) => each.stage === stage && each.reason === reason);
}

function lastDeploy(state: Project["status"]["deploys"][number]["state"]): Moment["is"] {
  return ({ status }) => status.deploys.length > 1 && status.deploys.at(-1)?.state === state;
}

function warned(over: boolean): Moment["is"] {
  return ({ status }) =>
    status.findings.some(
      ({ code, recoveredAt }) => code === "flux-source-timeout" && (recoveredAt !== undefined) === over,
    );
}

async function push(message: string): Promise<void> {
  await world.push(STEADY, work, message, async (clone) => {
    await readFile(join(clone, "README.md"), "utf8");
    await appendFile(join(clone, "README.md"), `\n${message}.\n`);
  });
}

/** The last that changed the bot. */
async function commit(): Promise<string> {
  const { stdout } = await promisify(execFile)("git", ["log", "-1", "--format=%h", "--abbrev=7", "--", "src"]);
  return stdout.trim();
}
