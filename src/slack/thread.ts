import { createHash } from "node:crypto";
import type { KnownBlock } from "@slack/types";
import { isLetGo } from "../project/is-let-go.ts";
import { lastWish } from "../project/last-wish.ts";
import { laterDeploys } from "../project/later-deploys.ts";
import type { Deploy, FindingStatus, Project } from "../project/project.ts";
import { wishesOf } from "../project/wish.ts";
import type { Words } from "../words/words.ts";
import { context, section } from "./views/blocks.ts";
import { deployCard } from "./views/deploy-card.ts";
import { deployKey } from "./views/deploy-key.ts";
import { escapeText } from "./views/escape-text.ts";
import { farewell } from "./views/farewell.ts";
import { findingCard } from "./views/finding-card.ts";
import { findingKey } from "./views/finding-key.ts";
import { insert } from "./views/insert.ts";
import { launchCard } from "./views/launch-card.ts";
import { milestones } from "./views/milestones.ts";
import { isSlow } from "./views/pace-words.ts";
import { person } from "./views/person.ts";
import { type Rendered, rendered } from "./views/rendered.ts";
import { localTime } from "./views/time.ts";

/** A message that should exist, as it should read now. */
export interface DesiredMessage {
  /** Unique within the project, the same for ever: `launch`, `milestone/image`, `finding/<code>/<subject>`, `deploy/<sha>`. */
  key: string;
  /** Key of the root message whose thread it belongs in. */
  replyTo?: string;
  channel: string;
  /** The plain-text fallback, escaped. */
  text: string;
  blocks: { plan: KnownBlock[]; sections: KnownBlock[] };
  /** Of everything but what the clock alone changes: two with the same digest differ by elapsed time at most. */
  digest: string;
  /** Milliseconds after which elapsed time is worth an edit of its own; absent: never. */
  refreshEvery?: number;
  broadcast?: boolean;
  /** When its reason began: it was not posted before that. */
  since: Date;
}

const LAUNCHING_REFRESH = 10_000;
/** Who reads a warning as it comes wants to see it live; later a minute is soon enough. */
const FINDING_REFRESH = { young: 10_000, old: 60_000 };
const YOUNG = 60_000;

/**
 * Pure: what Slack should show of a project, roots before their replies. Whether it does is deliver.ts's business.
 * `clusterAwaited`: since when nothing new can be known of what is under way.
 */
export function thread(project: Project, words: Words, now: Date, clusterAwaited?: Date): DesiredMessage[] {
  const { status } = project;
  // Not looked at yet, or refused: that is an answer to who asked, and no thread.
  if (status.phase === "Requested" || status.phase === "Refused") return [];
  const begun = new Date(status.launch.startedAt ?? project.metadata.creationTimestamp ?? now);
  const slow = isSlow(begun.toISOString(), now, status.expected);
  const later = laterDeploys(status);
  const desired = createDesired(project, now);
  const held = (card: Rendered) => (clusterAwaited ? withNote(card, clusterAway(clusterAwaited, words)) : card);

  return [
    desired({
      key: "launch",
      since: begun,
      render: (clock) => {
        const card = launchCard(project, words, clock);
        return status.phase === "Launching" ? held(card) : card;
      },
      ...(status.phase === "Launching" && !isLetGo(project) && { refreshEvery: LAUNCHING_REFRESH, also: slow }),
    }),
    ...milestones(project, words).map((milestone) =>
      desired({
        key: milestone.key,
        replyTo: "launch",
        since: new Date(milestone.since),
        render: () => milestone.message,
      }),
    ),
    ...later.map((deploy) =>
      desired({
        key: deployKey(deploy),
        since: new Date(deploy.startedAt),
        render: (clock) => {
          const card = deployCard(deploy, project, words, clock);
          return deploy.state === "running" ? held(card) : card;
        },
        ...(deploy.state === "running" &&
          !isLetGo(project) && {
            refreshEvery: LAUNCHING_REFRESH,
            also: isSlow(deploy.startedAt, now, status.expected),
          }),
      }),
    ),
    ...later.flatMap((deploy) =>
      deploy.failure && isToldApart(deploy) && !isFound(deploy.failure, project)
        ? [
            desired({
              key: failureKey(deploy),
              replyTo: deployKey(deploy),
              since: new Date(deploy.failure.since),
              render: fatalCard(deploy.failure, deploy, project, words),
              broadcast: true,
            }),
          ]
        : [],
    ),
    ...problems(project).map((found) => {
      const stopped = later.find(
        (deploy) => deploy.failure && isToldApart(deploy) && findingKey(deploy.failure) === findingKey(found),
      );
      const message = {
        key: stopped ? failureKey(stopped) : `finding/${findingKey(found)}`,
        replyTo: stopped ? deployKey(stopped) : threadOf(found, later),
        since: new Date(found.since),
      };
      const fatal = isFatal(found, project)
        ? { mention: pinged(project, found, deployDuring(found, later)) }
        : undefined;
      const runs = isAlive(project) && !(fatal && stopsSomething(found, project));
      return desired({
        ...message,
        render: (clock) => findingCard(found, project, words, runs ? clock : undefined, fatal),
        ...(found.recoveredAt === undefined && runs && { refreshEvery: findingRefresh(found, now) }),
        ...(fatal && { broadcast: true }),
      });
    }),
    ...farewell(project, words).map(({ key, since, message }) =>
      desired({ key, replyTo: "launch", since: new Date(since), render: () => message }),
    ),
    ...retried(project, words).map(({ key, at, message }) =>
      desired({ key, replyTo: "launch", since: at, render: () => message }),
    ),
  ];
}

function withNote({ text, plan, sections }: Rendered, note: string): Rendered {
  return { text, plan: [...plan, context(note)], sections: [...sections, context(note)] };
}

function clusterAway(since: Date, words: Words): string {
  return insert(words.slack.clusterAway, localTime(since));
}

function findingRefresh({ since }: FindingStatus, now: Date): number {
  return now.getTime() - new Date(since).getTime() < YOUNG ? FINDING_REFRESH.young : FINDING_REFRESH.old;
}

/** What stopped a launch or deploy stays as it was said: it is over with the next try, which says so itself. */
function fatalCard(found: FindingStatus, deploy: Deploy, project: Project, words: Words): Draft["render"] {
  const mention = pinged(project, found, deploy);
  return () => findingCard(found, project, words, undefined, { mention });
}

function retried(project: Project, words: Words): { key: string; at: Date; message: Rendered }[] {
  const retry = lastWish(project, "retry");
  if (!retry || !project.status.handled.includes(retry.id)) return [];
  const key = `retry/${retry.id}`;
  const said = words.slack.launch;
  // Named by an edit alone, which pings nobody: who pressed is looking.
  const isPosted = project.status.messages[key] !== undefined;
  const text = isPosted ? insert(said.retriedBy, person(retry.by)) : escapeText(said.retried);
  return [{ key, at: new Date(retry.at), message: rendered(text, [section(text)]) }];
}

/** What is normal (`wait`) is in the rows, not a message of its own. */
function problems(project: Project): FindingStatus[] {
  const { findings, failure } = project.status;
  const told = findings.filter((found) => found.severity !== "wait");
  const missing = failure && !told.some((found) => findingKey(found) === findingKey(failure));
  return missing ? [...told, failure] : told;
}

/**
 * It stops what people wait for, or what runs: told in the channel, and its owner is named. What is found during a launch
 * is told before the launch is said to have failed of it, and an edit calls nobody.
 */
function isFatal(found: FindingStatus, { status }: Project): boolean {
  if (found.severity !== "fail") return false;
  if (status.phase !== "Launching" || found.stage === undefined) return true;
  return status.stages.some(
    ({ stage, environment, state }) =>
      stage === found.stage && (environment ?? found.environment) === found.environment && state !== "pending",
  );
}

/** What has stopped waits for a person: its time does not run in the thread. */
function isAlive(project: Project): boolean {
  const { status } = project;
  if (isLetGo(project)) return false;
  return status.phase === "Launching" || status.phase === "Live";
}

/** What stops a launch or deploy waits for a person too, from the moment that it is told: before that one is said to have failed. */
function stopsSomething(found: FindingStatus, { status }: Project): boolean {
  if (found.stage === undefined) return false;
  const last = laterDeploys(status).at(-1);
  if (status.phase === "Launching") return true;
  if (last?.state === "running") return last.startedAt <= found.since;
  return last?.state === "failed" && last.failure !== undefined && findingKey(last.failure) === findingKey(found);
}

/** The thread of the deploy during which it began, else the launch's. */
function threadOf(found: FindingStatus, deploys: Deploy[]): string {
  const during = deployDuring(found, deploys);
  return during ? deployKey(during) : "launch";
}

function deployDuring(found: FindingStatus, deploys: Deploy[]): Deploy | undefined {
  return deploys.findLast(
    (deploy) =>
      deploy.startedAt <= found.since && (deploy.finishedAt === undefined || found.since <= deploy.finishedAt),
  );
}

/**
 * What stopped a deploy is a finding like any other. Of the deploys of the version before, which have no id, it had a place
 * of its own, where it is told on.
 */
function isToldApart({ id }: Deploy): boolean {
  return id === undefined;
}

function failureKey(deploy: Deploy): string {
  return `${deployKey(deploy)}/failure`;
}

function isFound(failure: FindingStatus, project: Project): boolean {
  return problems(project).some((found) => findingKey(found) === findingKey(failure));
}

/** Who pushed what it stops, else who launched the project, unless they pressed a button only now: they are looking. */
function pinged(project: Project, found: FindingStatus, deploy: Deploy | undefined): string | undefined {
  const who = deploy?.authorId ?? project.spec.slack.requestedBy;
  const pressed = wishesOf(project)
    .filter(({ by }) => by === who)
    .map(({ at }) => new Date(at).getTime());
  const last = Math.max(new Date(project.metadata.creationTimestamp ?? 0).getTime(), ...pressed);
  return new Date(found.since).getTime() - last < 60_000 ? undefined : who;
}

interface Draft {
  key: string;
  replyTo?: string;
  since: Date;
  render: (clock: Date | undefined) => Rendered;
  refreshEvery?: number;
  broadcast?: boolean;
  /** Joins the digest: a change that the clock brings and that is worth an edit at once. */
  also?: boolean;
}

function createDesired(project: Project, now: Date): (draft: Draft) => DesiredMessage {
  return (draft) => {
    const { text, plan, sections } = draft.render(now);
    const { text: stillText, sections: still } = draft.render(undefined);
    const digest = createHash("sha256")
      .update(JSON.stringify([stillText, still, draft.also ?? false]))
      .digest("hex");
    return {
      key: draft.key,
      ...(draft.replyTo !== undefined && { replyTo: draft.replyTo }),
      channel: project.spec.slack.channel,
      text,
      blocks: { plan, sections },
      digest: digest.slice(0, 16),
      ...(draft.refreshEvery !== undefined && { refreshEvery: draft.refreshEvery }),
      ...(draft.broadcast && { broadcast: true }),
      since: draft.since,
    };
  };
}
