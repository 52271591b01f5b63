import { writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { pathOf } from "../src/cluster/path-of.ts";
import type { Request } from "../src/cluster/request.ts";
import type { KubeObject } from "../src/project/ports/cluster.ts";
import { type Project, projectResource } from "../src/project/project.ts";
import type { GitHubPart } from "../src/sandbox/github/start.ts";
import { thread } from "../src/slack/thread.ts";
import { en } from "../src/words/en/index.ts";
import type { RecordedProject } from "../test/stored/recorded-project.ts";
import { readBranch, readGitHub } from "./read-github.ts";
import { readStanding } from "./read-standing.ts";
import { readThread } from "./read-thread.ts";

export interface Scene {
  request: Request;
  slack: WebClient;
  github: GitHubPart;
  versions: Record<string, string>;
}

/** One state to record: of which Project, and how it is known. */
export interface Moment {
  name: string;
  state: string;
  note: string;
  is: (project: Project) => boolean;
  seconds: number;
}

const FOLDER = new URL("../test/fixtures/projects/", import.meta.url);
const raw = z.looseObject({ metadata: z.looseObject({ resourceVersion: z.string() }) });

/**
 * Waits for a moment and keeps all of it as it stands then: nothing was written while it was read, what was posted is what
 * is recorded, and nothing is left to be posted. A moment that is over before it could be read is waited for again.
 */
export async function keepProject(scene: Scene, moment: Moment): Promise<void> {
  const limit = Date.now() + moment.seconds * 1000;
  for (;;) {
    const kept = await look(scene, moment);
    if (kept) {
      await writeFile(new URL(`${moment.state}.json`, FOLDER), `${JSON.stringify(kept, undefined, 1)}\n`);
      process.stdout.write(`✔ ${moment.state}: ${kept.messages.length} messages, ${kept.objects.length} objects\n`);
      return;
    }
    if (Date.now() > limit) throw new Error(`${moment.name} was never ${moment.state} for long enough`);
    await sleep(50);
  }
}

async function look(scene: Scene, { name, note, is }: Moment): Promise<RecordedProject | undefined> {
  const before = await read(scene.request, name);
  if (!before || !is(before.project)) return undefined;
  const { spec, status, metadata } = before.project;
  const full = `${spec.owner}/${spec.repository}`;
  const at = new Date().toISOString();
  const [messages, objects, github] = await Promise.all([
    readThread(scene.slack, spec.slack.channel, metadata.uid ?? ""),
    readStanding(
      scene.request,
      spec.environments.map(({ namespace }) => namespace),
    ),
    readGitHub(scene.github, full),
  ]);
  const after = await read(scene.request, name);
  const recorded = Object.values(status.messages).map(({ ts }) => ts);
  const same = after?.object.metadata.resourceVersion === before.object.metadata.resourceVersion;
  const said = thread(before.project, en, new Date(at)).every(({ key }) => status.messages[key] !== undefined);
  if (!same || !said || messages.length !== recorded.length || !messages.every(({ ts }) => recorded.includes(ts)))
    return undefined;
  const branch = github.commits.length === 0 ? { files: {}, changed: {} } : await readBranch(scene.github, full, "k8s");
  const project = withoutManagers(before.object);
  return { recorded: scene.versions, note, at, project, messages, objects, github, ...branch };
}

async function read(request: Request, name: string) {
  const found = await request("GET", pathOf("Project", "slipway-system", name)).catch(() => undefined);
  return found === undefined ? undefined : { object: raw.parse(found), project: projectResource.parse(found) };
}

function withoutManagers(object: z.output<typeof raw>): KubeObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata } as unknown as KubeObject; // the API server's own answer
}
