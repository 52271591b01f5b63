import type { Facts } from "../facts/facts.ts";
import { goesTo } from "../project/goes-to.ts";
import { tagOf } from "../project/naming.ts";
import { type Pin, pinOf } from "../project/pin-of.ts";
import type { Commit } from "../project/ports/github.ts";
import type { Deploy, Environment, Project, ProjectSpec, StageStatus } from "../project/project.ts";
import { runsOwnImage } from "../project/runs-own-image.ts";
import { tagToLookUp } from "../project/tag-to-look-up.ts";
import { wishesOf } from "../project/wish.ts";

/**
 * Those that there are, and what begins now: one for a new head of the branch, for all environments that follow it, and one
 * for each environment that is pinned to another commit. What they take the place of is at rest.
 */
export function beginDeploys(project: Project, facts: Facts): Deploy[] {
  const { spec, status } = project;
  const { deploys } = status;
  const pins = spec.environments.map((each) => ({
    ...each,
    pin: pinOf(each, status),
    unsettled: tagToLookUp(each, status) !== undefined,
    by: askedBy(each, project),
  }));
  const news = pushed(pins, deploys, facts);
  const begun = [...news, ...pinned(pins, [...deploys, ...news], facts)];
  return [...deploys.map((deploy) => giveWay(deploy, begun, spec, facts.at)), ...begun];
}

/** `unsettled`: to a tag of which nobody knows yet whether it is a commit's. */
type Pinned = (Pick<Environment, "name" | "commit"> & {
  pin: Pin | undefined;
  unsettled: boolean;
  by: string | undefined;
})[];

/** Who pinned it to what it is at, or let it follow the branch, since its last deploy; undefined where nobody asked here. */
function askedBy({ name, commit }: Environment, project: Project): string | undefined {
  const last = wishesOf(project).findLast(
    ({ kind, params }) => (kind === "pin" || kind === "unpin") && params.environment === name,
  );
  const before = lastTo(name, project.status.deploys)?.startedAt ?? "";
  return last && last.params.commit === commit && last.at > before ? last.by : undefined;
}

function pushed(environments: Pinned, deploys: Deploy[], { head, author, at }: Facts): Deploy[] {
  const commit = head.known ? head.value : undefined;
  if (!commit) return [];
  const last = deploys.findLast(({ reason }) => reason !== "pin");
  // Where a pin has been taken away the branch's commit goes too, though it is an old one.
  const behind = environments.some(({ name, pin }) => !pin && !isThere(lastTo(name, deploys), commit.sha, deploys));
  if (last?.sha === commit.sha && !behind) return [];
  const heldBack = environments.flatMap(({ name, pin }) => (pin && !isAt(pin, commit.sha) ? [name] : []));
  // A commit that is new came by a push, whoever has let an environment follow the branch.
  const by = last?.sha === commit.sha ? environments.find((each) => !each.pin && each.by !== undefined)?.by : undefined;
  const asked = by === undefined ? {} : { by };
  const authorId = author.known ? author.value : undefined;
  return [
    {
      ...entryOf(commit, deploys, at),
      reason: "push",
      ...asked,
      ...(authorId && { authorId }),
      ...(heldBack.length > 0 ? { heldBack } : {}),
    },
  ];
}

function isThere(last: Deploy | undefined, sha: string, deploys: Deploy[]): boolean {
  return last?.sha === sha && runsOwnImage(last, deploys);
}

/** Pinned to that commit, so that it comes there like any other. */
function isAt({ sha, tag }: Pin, commit: string): boolean {
  return sha === commit && (tag === undefined || tag === tagOf(commit));
}

function pinned(environments: Pinned, deploys: Deploy[], { at, pinned }: Facts): Deploy[] {
  const asked = Object.values(pinned).flatMap((look) => (look.known && look.value ? [look.value] : []));
  const begun: Deploy[] = [];
  for (const { name, pin, unsettled, commit, by } of environments) {
    if (!pin || unsettled) continue;
    const { sha, tag } = pin;
    const last = lastTo(name, deploys);
    const same = last?.sha === sha && (tag === undefined || last.tag === tag);
    // Pinned to what it runs, or is on its way to: nothing changes.
    if (same && (last.reason === "pin" || last.state === "live" || last.state === "running")) continue;
    const { author = "", title = "", url = "" } = [...deploys, ...asked].find((each) => each.sha === sha) ?? {};
    const entry = entryOf({ sha, author, title, url }, [...deploys, ...begun], at);
    const imageOnly = tag !== undefined && !sha.startsWith(tag) && commit !== sha;
    begun.push({
      ...entry,
      ...(tag === undefined ? {} : { tag }),
      ...(imageOnly ? { imageOnly } : {}),
      reason: "pin",
      environments: [name],
      ...(by === undefined ? {} : { by }),
    });
  }
  return begun;
}

function lastTo(environment: string, deploys: Deploy[]): Deploy | undefined {
  return deploys.findLast((deploy) => goesTo(environment, deploy));
}

function entryOf(commit: Pick<Commit, "sha" | "author" | "title" | "url">, deploys: Deploy[], at: Date): Deploy {
  const { sha, author, title, url } = commit;
  // The first of them may be forgotten by now.
  const before = deploys.filter((each) => each.sha === sha).map(({ id }) => Number(id?.split(".")[1] ?? 1));
  return {
    id: before.length === 0 ? sha : `${sha}.${Math.max(...before) + 1}`,
    sha,
    tag: tagOf(sha),
    author,
    title,
    url,
    startedAt: at.toISOString(),
    state: "running",
    stages: [],
  };
}

/** A newer commit takes the place of one that is under way; a pin only where it holds. */
function giveWay(deploy: Deploy, begun: Deploy[], { environments }: ProjectSpec, at: Date): Deploy {
  if (deploy.state !== "running") return deploy;
  const newer = begun.filter((each) => environments.some(({ name }) => goesTo(name, deploy) && goesTo(name, each)));
  if (deploy.reason !== "pin" && begun.some(({ reason }) => reason !== "pin")) return superseded(deploy, at);
  if (newer.length === 0) return deploy;
  if (deploy.reason === "pin") return superseded(deploy, at);
  const heldBack = newer.flatMap((each) => each.environments ?? []);
  return { ...deploy, heldBack: [...(deploy.heldBack ?? []), ...heldBack] };
}

function superseded(deploy: Deploy, at: Date): Deploy {
  return { ...deploy, state: "superseded", finishedAt: at.toISOString(), stages: deploy.stages.map(atRest) };
}

/** Nothing goes on in it any more. */
export function atRest({ finishedAt, ...stage }: StageStatus): StageStatus {
  return stage.state === "waiting" || stage.state === "pending"
    ? { ...stage, state: "pending", reason: "Superseded", params: {} }
    : { ...stage, ...(finishedAt === undefined ? {} : { finishedAt }) };
}
