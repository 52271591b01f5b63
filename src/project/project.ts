import { z } from "zod";
import { STAGES } from "./stage.ts";

/**
 * The `Project` resource (slipway.dev/v1alpha1): the state of everything Slipway does.
 * manifests/base/crd.yaml is its structural schema; a test holds the two against each other.
 */

const instant = z.iso.datetime({ offset: true });
const params = z.record(z.string(), z.union([z.string(), z.number()]));

/** A person's wish, written by a command or button and handled once: `status.handled` remembers the ids. */
const intent = z.object({ id: z.string(), by: z.string(), at: instant });

const environment = z.object({
  name: z.string(),
  namespace: z.string(),
  host: z.string(),
  replicas: z.number().int().nonnegative().default(1),
  /** Image tag wanted; absent: that of the newest commit whose image is there. */
  tag: z.string().optional(),
});

export const projectSpec = z.object({
  owner: z.string(),
  repository: z.string(),
  template: z.string(),
  visibility: z.enum(["public", "private"]).default("private"),
  /** The first is the default one. */
  environments: z.array(environment).min(1),
  slack: z.object({ team: z.string().optional(), channel: z.string(), requestedBy: z.string() }),
  intents: z
    .object({
      retry: intent.optional(),
      cancel: intent.optional(),
      /** Remove what the ledger says this launch made. */
      undo: intent.optional(),
      /** Leave a failed launch as it is. */
      keep: intent.optional(),
      /** Undo of a live project: the same, asked for with the name typed. */
      remove: intent.optional(),
    })
    .default({}),
});

/** One thing made. `intended` is written before making it, so that a crash in between loses nothing. */
const ledgerEntry = z.object({
  kind: z.string(),
  name: z.string(),
  namespace: z.string().optional(),
  /** As GitHub or the API server numbers it; what tells ours from one of the same name made later. */
  id: z.string().optional(),
  state: z.enum(["intended", "made", "removed"]),
  at: instant,
});

const job = z.object({
  id: z.number(),
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullish(),
  step: z.string().optional(),
  stepNumber: z.number().optional(),
  stepCount: z.number().optional(),
  startedAt: instant.nullish(),
  completedAt: instant.nullish(),
});

const build = z.object({
  id: z.number(),
  number: z.number(),
  attempt: z.number(),
  sha: z.string(),
  status: z.string(),
  conclusion: z.string().nullish(),
  url: z.string(),
  startedAt: instant,
  completedAt: instant.nullish(),
  jobs: z.array(job).default([]),
  /** Of a failed build: job, step and its last lines, secrets masked. */
  failure: z.object({ job: z.string(), step: z.string(), lines: z.array(z.string()) }).optional(),
});

const stage = z.object({
  stage: z.enum(STAGES),
  state: z.enum(["pending", "waiting", "done", "skipped", "failed"]),
  reason: z.string(),
  params: params.default({}),
  startedAt: instant.optional(),
  finishedAt: instant.optional(),
});

const finding = z.object({
  code: z.string(),
  subject: z.string(),
  severity: z.enum(["wait", "warn", "fail"]),
  evidence: z.string(),
  seenFrom: z.string(),
  params: params.default({}),
  remedies: z.array(z.string()).default([]),
  since: instant,
  lastSeen: instant,
  count: z.number().int(),
  /** Set once it is over. */
  recoveredAt: instant.optional(),
});

/** One rollout of one commit: the launch is the first. */
const deploy = z.object({
  sha: z.string(),
  tag: z.string(),
  author: z.string().default(""),
  title: z.string().default(""),
  url: z.string().default(""),
  startedAt: instant,
  finishedAt: instant.optional(),
  state: z.enum(["running", "live", "failed", "superseded"]),
  stages: z.array(stage),
  failure: finding.optional(),
});

/** What was posted: where, and a digest of what it said. */
const message = z.object({ channel: z.string(), ts: z.string(), digest: z.string(), at: instant });

const condition = z.object({
  type: z.string(),
  status: z.enum(["True", "False", "Unknown"]),
  reason: z.string(),
  message: z.string(),
  lastTransitionTime: instant,
  observedGeneration: z.number().optional(),
});

const PHASES = ["Launching", "Live", "Failed", "Cancelled", "Kept", "Removing", "Removed"] as const;

export const projectStatus = z.object({
  observedGeneration: z.number().optional(),
  /** Launching → Live | Failed | Cancelled; Failed → Launching (retry) | Kept | Removing → Removed (then the object goes). */
  phase: z.enum(PHASES).default("Launching"),
  conditions: z.array(condition).default([]),
  url: z.string().optional(),
  /** Of the launch: the first commit, and when it began and ended. */
  launch: z
    .object({ startedAt: instant.optional(), finishedAt: instant.optional(), sha: z.string().optional() })
    .default({}),
  repository: z
    .object({
      id: z.number(),
      url: z.string(),
      cloneUrl: z.string(),
      defaultBranch: z.string(),
      hookId: z.number().optional(),
      /** GitHub's ping of the webhook arrived and was answered. */
      hookPinged: z.boolean().optional(),
    })
    .optional(),
  environments: z
    .array(
      z.object({
        name: z.string(),
        tag: z.string().optional(),
        revision: z.string().optional(),
        url: z.string().optional(),
      }),
    )
    .default([]),
  stages: z.array(stage).default([]),
  ledger: z.array(ledgerEntry).default([]),
  builds: z.array(build).default([]),
  deploys: z.array(deploy).default([]),
  findings: z.array(finding).default([]),
  /** The finding that stopped the launch, while phase is Failed. */
  failure: finding.optional(),
  messages: z.record(z.string(), message).default({}),
  /** Seconds that each finished launch or deploy took, newest last, bounded: what time left is told from. */
  history: z.array(z.object({ kind: z.enum(["launch", "deploy"]), build: z.number(), total: z.number() })).default([]),
  /** Seconds, from this project's history or else its template; p95 only where the history is long enough to tell. */
  expected: z.object({ build: z.number(), total: z.number(), p95: z.number().optional() }).optional(),
  timeline: z.array(z.object({ at: instant, reason: z.string(), params: params.default({}) })).default([]),
  /** Ids of intents that were handled. */
  handled: z.array(z.string()).default([]),
  /** Where Slack refuses: code and since when, cleared once it takes a message again. */
  slack: z.object({ problem: z.string(), since: instant }).optional(),
});

export const projectResource = z.object({
  apiVersion: z.literal("slipway.dev/v1alpha1"),
  kind: z.literal("Project"),
  metadata: z.object({
    name: z.string(),
    namespace: z.string().optional(),
    uid: z.string().optional(),
    resourceVersion: z.string().optional(),
    generation: z.number().optional(),
    creationTimestamp: z.string().optional(),
    deletionTimestamp: z.string().optional(),
    finalizers: z.array(z.string()).optional(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
  spec: projectSpec,
  status: projectStatus.prefault({}),
});

export type Project = z.output<typeof projectResource>;
export type ProjectSpec = Project["spec"];
export type ProjectStatus = Project["status"];
export type Environment = ProjectSpec["environments"][number];
export type Intent = z.output<typeof intent>;
export type IntentKind = keyof ProjectSpec["intents"];
export type Phase = ProjectStatus["phase"];
export type LedgerEntry = ProjectStatus["ledger"][number];
export type Build = ProjectStatus["builds"][number];
export type BuildJob = Build["jobs"][number];
export type StageStatus = ProjectStatus["stages"][number];
export type Deploy = ProjectStatus["deploys"][number];
export type FindingStatus = ProjectStatus["findings"][number];
export type MessageRecord = ProjectStatus["messages"][string];
export type Condition = ProjectStatus["conditions"][number];
