import { type Build, buildOf } from "../facts/build.ts";
import { buildAwaited } from "../facts/build-awaited.ts";
import type { BuildFailure, Facts } from "../facts/facts.ts";
import { imageOf, tagOf } from "../project/naming.ts";
import { pinOf } from "../project/pin-of.ts";
import type { GitHub, RepositoryName, WorkflowJob } from "../project/ports/github.ts";
import type { Ports } from "../project/ports/ports.ts";
import type { Project } from "../project/project.ts";
import { known, type Read, unknown } from "../project/read.ts";
import { repositoryTrouble } from "../project/repository-trouble.ts";
import type { Settings } from "../project/settings.ts";
import { wantedCommit, wantedHere } from "../project/wanted-commit.ts";
import type { Absences } from "./create-absences.ts";
import type { Reader } from "./create-reader.ts";
import { lineageOf } from "./lineage-of.ts";

type GitHubSide = Omit<Facts, "at" | "environments">;

const NOTHING: GitHubSide = {
  repository: known(undefined),
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

/** What GitHub and the registry say of a project. Of one that is live and rests only whether somebody pushed. */
export async function observeGitHub(
  project: Project,
  settings: Settings,
  { github, registry, clock }: Pick<Ports, "github" | "registry" | "clock">,
  { whole = false, absences, read }: { whole?: boolean; absences?: Absences; read: Reader },
): Promise<GitHubSide> {
  const { repository: made, launch } = project.status;
  if (!made) return NOTHING;
  const at = { owner: project.spec.owner, name: project.spec.repository };
  const repository = await read(() => github.locate(at, made.id));
  if (launch.sha === undefined) return { ...NOTHING, repository };
  // What another repository of that name says, or this one under another name, is not the project's news.
  const elsewhere = reasonAgainst(project, repository);
  const ask = <T>(look: () => Promise<T>): Promise<Read<T>> => (elsewhere ? Promise.resolve(elsewhere) : read(look));
  const head = await ask(() => github.commit(at, made.defaultBranch));
  const sha = wantedCommit(project, head);
  const seen = { ...NOTHING, repository, head };
  if (sha === undefined || (!whole && rests(project, sha))) return seen;
  const newest = head.known ? head.value?.sha : undefined;
  const commits = [...new Set([sha, ...(newest === undefined ? [] : [newest])])];
  const image = imageOf(settings.registryHost, at.owner, at.name);
  const { workflow: file } = project.spec;
  const [pinned, builds, images, manifests] = await Promise.all([
    each(pinsAwaited(project), (commit) => ask(() => github.commit(at, commit))),
    each(commits, (commit) => ask(async () => buildOf(await github.runs(at, { workflow: file, sha: commit })))),
    each(tagsWanted(project, commits), (tag) => read(() => registry.has(image, tag))),
    each(treesWanted(project, head), (commit) => ask(() => github.manifests(at, commit))),
  ]);
  const build = builds[sha];
  const own = images[tagOf(sha)];
  const lacking = own?.known === true && !own.value;
  const [workflow, lineage] = await Promise.all([
    lacking && build?.known && build.value.state === "none" ? ask(() => github.workflow(at, file)) : NOTHING.workflow,
    lacking ? ask(() => lineageOf(project, sha, image, { github, registry, clock }, absences)) : NOTHING.lineage,
  ]);
  const jobs = await jobsOf(at, build?.known ? known(buildAwaited(build.value, sha, lineage)) : build, github, read);
  const failure = await read(() => failureOf(at, jobs.known ? jobs.value : [], github));
  return { ...seen, pinned, builds, workflow, lineage, manifests, jobs, failure, images };
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

/** Commits that environments are pinned to and were not given yet. */
function pinsAwaited({ spec, status }: Project): string[] {
  const awaited = spec.environments.flatMap((environment) => {
    const pin = pinOf(environment, status);
    const here = status.environments.find(({ name }) => name === environment.name);
    return pin && here?.released !== pin.sha ? [pin.sha] : [];
  });
  return [...new Set(awaited)];
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
  return run ? read(() => github.jobs(at, run.id)) : Promise.resolve(known([]));
}

const LOG_LINES = 12;

async function failureOf(at: RepositoryName, jobs: WorkflowJob[], github: GitHub): Promise<BuildFailure | undefined> {
  const job = jobs.find(({ conclusion }) => conclusion === "failure" || conclusion === "timed_out");
  if (!job) return undefined;
  const step = job.steps.find(({ conclusion }) => conclusion === "failure")?.name ?? "";
  return { job: job.name, step, lines: await github.jobLog(at, job.id, LOG_LINES) };
}
