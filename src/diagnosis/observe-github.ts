import { type Build, buildOf } from "../facts/build.ts";
import { buildAwaited } from "../facts/build-awaited.ts";
import type { BuildFailure, Facts } from "../facts/facts.ts";
import { webhookOf } from "../facts/webhook.ts";
import { imageOf, tagOf } from "../project/naming.ts";
import { pinOf } from "../project/pin-of.ts";
import type { GitHub, RepositoryName, WorkflowJob } from "../project/ports/github.ts";
import type { Ports } from "../project/ports/ports.ts";
import type { Project } from "../project/project.ts";
import { known, type Read, unknown } from "../project/read.ts";
import { repositoryTrouble } from "../project/repository-trouble.ts";
import type { Settings } from "../project/settings.ts";
import { tagToLookUp } from "../project/tag-to-look-up.ts";
import { wantedCommit, wantedHere } from "../project/wanted-commit.ts";
import type { Absences } from "./create-absences.ts";
import type { Reader } from "./create-reader.ts";
import { lineageOf } from "./lineage-of.ts";

type GitHubSide = Omit<Facts, "at" | "environments">;

const NOTHING: GitHubSide = {
  repository: known(undefined),
  webhook: known(undefined),
  author: known(undefined),
  head: known(undefined),
  pinned: {},
  builds: {},
  workflow: known(undefined),
  lineage: known(undefined),
  manifests: {},
  jobs: known([]),
  failure: known(undefined),
  images: {},
};

/** What GitHub and the registry say of a project. Of one that is live and rests only whether somebody pushed and whether that would be told. */
export async function observeGitHub(
  project: Project,
  settings: Settings,
  { github, registry, people, clock }: Pick<Ports, "github" | "registry" | "people" | "clock">,
  { whole = false, absences, read }: { whole?: boolean; absences?: Absences; read: Reader },
): Promise<GitHubSide> {
  const { repository: made, launch } = project.status;
  if (!made) return NOTHING;
  const at = { owner: project.spec.owner, name: project.spec.repository };
  const repository = await read(() => github.locate(at, made.id), "github");
  if (launch.sha === undefined) return { ...NOTHING, repository };
  // What another repository of that name says, or this one under another name, is not the project's news.
  const elsewhere = reasonAgainst(project, repository);
  const ask = <T>(look: () => Promise<T>): Promise<Read<T>> =>
    elsewhere ? Promise.resolve(elsewhere) : read(look, "github");
  const { hookId } = made;
  const [head, webhook] = await Promise.all([
    ask(() => github.commit(at, made.defaultBranch)),
    hookId === undefined ? NOTHING.webhook : ask(async () => webhookOf(await github.lastDelivery(at, hookId))),
  ]);
  const sha = wantedCommit(project, head);
  const seen = { ...NOTHING, repository, webhook, head };
  if (sha === undefined || (!whole && rests(project, sha))) return seen;
  const newest = head.known ? head.value?.sha : undefined;
  const commits = [...new Set([sha, ...(newest === undefined ? [] : [newest])])];
  const image = imageOf(settings.registryHost, at.owner, at.name);
  const { workflow: file } = project.spec;
  const runsOf = (commit: string) => ask(async () => buildOf(await github.runs(at, { workflow: file, sha: commit })));
  const [author, pinned, builds, images, manifests] = await Promise.all([
    read(() => authorOf(project, head, people), "slack"),
    each(pinsAwaited(project), (commit) => ask(() => github.commit(at, commit))),
    each(commits, runsOf),
    each(tagsWanted(project, commits), (tag) => read(() => registry.has(image, tag), "registry")),
    each(treesWanted(project, head), (commit) => ask(() => github.manifests(at, commit))),
  ]);
  const build = builds[sha];
  const lacks = (commit: string) => {
    const own = images[tagOf(commit)];
    return own?.known === true && !own.value;
  };
  const lacking = lacks(sha);
  const unbuilt = imagesAwaited(project).filter((commit) => !commits.includes(commit) && lacks(commit));
  const [ofPins, workflow, lineage] = await Promise.all([
    each(unbuilt, runsOf),
    lacking && build?.known && build.value.state === "none" ? ask(() => github.workflow(at, file)) : NOTHING.workflow,
    lacking ? ask(() => lineageOf(project, sha, image, { github, registry, clock }, absences)) : NOTHING.lineage,
  ]);
  const jobs = await jobsOf(at, build?.known ? known(buildAwaited(build.value, sha, lineage)) : build, github, read);
  const failure = await read(() => failureOf(at, jobs.known ? jobs.value : [], github), "github");
  return {
    ...seen,
    author,
    pinned,
    builds: { ...ofPins, ...builds },
    workflow,
    lineage,
    manifests,
    jobs,
    failure,
    images,
  };
}

/** Asked once for each push: who pushed is remembered with its deploy. */
async function authorOf(
  { status }: Project,
  head: Facts["head"],
  people: Ports["people"],
): Promise<string | undefined> {
  const commit = head.known ? head.value : undefined;
  if (commit?.authorEmail === undefined || status.deploys.some(({ sha }) => sha === commit.sha)) return undefined;
  return people.idOf(commit.authorEmail);
}

/** Where the repository cannot be found or is not where it was. */
function reasonAgainst(project: Project, repository: Facts["repository"]): Read<never> | undefined {
  if (!repository.known) return repository;
  const { value } = repository;
  if (value?.state !== "moved" && value?.state !== "gone") return undefined;
  return unknown(repositoryTrouble(project, value)?.evidence ?? value.state);
}

/** Live with its newest commit, and the run that made it is over: nobody waits for anything. */
function rests({ status, spec }: Project, sha: string): boolean {
  const last = status.deploys.findLast(({ reason }) => reason !== "pin");
  if (status.phase !== "Live" || status.deploys.some(({ state }) => state === "running")) return false;
  if (last?.sha !== sha || (last.state !== "live" && last.state !== "superseded")) return false;
  const released = spec.environments.every((environment) => {
    const here = status.environments.find(({ name }) => name === environment.name);
    if (tagToLookUp(environment, status) !== undefined) return false;
    const pin = pinOf(environment, status);
    return here?.released === (pin?.sha ?? sha) && (pin?.tag === undefined || here.tag === pin.tag);
  });
  return released && status.builds.every((build) => build.sha !== sha || build.status === "completed");
}

function tagsWanted({ spec, status }: Project, commits: string[]): string[] {
  const pinned = spec.environments.flatMap((environment) => {
    const pin = pinOf(environment, status);
    return pin ? [pin.tag ?? tagOf(pin.sha)] : [];
  });
  return [...new Set([...commits.map(tagOf), ...pinned])];
}

/** Commits that environments are pinned to and were not given yet; a tag where nobody knows of which it is. */
function pinsAwaited({ spec, status }: Project): string[] {
  const awaited = spec.environments.flatMap((environment) => {
    const tag = tagToLookUp(environment, status);
    if (tag !== undefined) return [tag];
    const pin = pinOf(environment, status);
    const here = status.environments.find(({ name }) => name === environment.name);
    return pin && here?.released !== pin.sha ? [pin.sha] : [];
  });
  return [...new Set(awaited)];
}

/** Of those commits the ones that are to run their own image. */
function imagesAwaited(project: Project): string[] {
  const { spec, status } = project;
  const pins = spec.environments.map((environment) => pinOf(environment, status));
  return pinsAwaited(project).filter((commit) => pins.some((pin) => pin?.sha === commit && pin.tag === undefined));
}

/** Of what is wanted, and of what was given out last, to see whether it is the same. */
function treesWanted(project: Project, head: Facts["head"]): string[] {
  const { spec, status } = project;
  const commits = spec.environments.flatMap((environment) => [
    wantedHere(project, environment, head),
    status.environments.find(({ name }) => name === environment.name)?.now?.commit,
  ]);
  return [...new Set(commits.flatMap((commit) => commit ?? []))];
}

async function each<T>(keys: readonly string[], look: (key: string) => Promise<T>): Promise<Record<string, T>> {
  return Object.fromEntries(await Promise.all(keys.map(async (key) => [key, await look(key)] as const)));
}

function jobsOf(
  at: RepositoryName,
  build: Read<Build> | undefined,
  github: GitHub,
  read: Reader,
): Promise<Read<WorkflowJob[]>> {
  const run = build?.known && "run" in build.value ? build.value.run : undefined;
  return run ? read(() => github.jobs(at, run.id), "github") : Promise.resolve(known([]));
}

const LOG_LINES = 12;

async function failureOf(at: RepositoryName, jobs: WorkflowJob[], github: GitHub): Promise<BuildFailure | undefined> {
  const job = jobs.find(({ conclusion }) => conclusion === "failure" || conclusion === "timed_out");
  if (!job) return undefined;
  const step = job.steps.find(({ conclusion }) => conclusion === "failure")?.name ?? "";
  return { job: job.name, step, lines: await github.jobLog(at, job.id, LOG_LINES) };
}
