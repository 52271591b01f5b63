import { z } from "zod";
import { buildRecord } from "./build-record.ts";
import { findingRecord } from "./finding-record.ts";
import { openObject } from "./open-object.ts";
import { STAGES } from "./stage.ts";

const instant = z.iso.datetime({ offset: true });
const params = z.record(z.string(), z.union([z.string(), z.number()]));

/** One thing made. `intended` is written before making it, so that a crash in between loses nothing. */
const ledgerEntry = openObject({
  kind: z.string(),
  name: z.string(),
  namespace: z.string().optional(),
  /** As GitHub or the API server numbers it; what tells ours from one of the same name made later. */
  id: z.string().optional(),
  state: z.enum(["intended", "made", "removed"]),
  at: instant,
});

const stage = openObject({
  stage: z.enum(STAGES),
  /** Of which environment, where there are several. */
  environment: z.string().optional(),
  /**
   * `pending` has not begun, `waiting` is under way or waits for something that is expected to come,
   * `skipped` does not apply (no issuer: no certificate), `failed` needs a person.
   */
  state: z.enum(["pending", "waiting", "done", "skipped", "failed"]),
  reason: z.string(),
  params: params.default({}),
  startedAt: instant.optional(),
  finishedAt: instant.optional(),
});

const DEPLOY_REASONS = ["launch", "push", "pin"] as const;

/** One commit on its way: the launch is the first. */
const deploy = openObject({
  /** The commit's, and a number from its second deploy on: the same commit deployed twice is two deploys. */
  id: z.string().optional(),
  reason: z.enum(DEPLOY_REASONS).optional(),
  /** Slack's id of who asked for it, where somebody did. */
  by: z.string().optional(),
  /** Where it goes; absent: everywhere. */
  environments: z.array(z.string()).optional(),
  /** Environments that are pinned to another commit, and that it passes by. */
  heldBack: z.array(z.string()).optional(),
  /** Of a pin to a tag whose commit is not known: the manifests stay as they were. */
  imageOnly: z.boolean().optional(),
  sha: z.string(),
  tag: z.string(),
  author: z.string().default(""),
  /** Slack's id of the author, where their e-mail address tells it. */
  authorId: z.string().optional(),
  title: z.string().default(""),
  url: z.string().default(""),
  startedAt: instant,
  finishedAt: instant.optional(),
  state: z.enum(["running", "live", "failed", "superseded"]),
  stages: z.array(stage),
  failure: findingRecord.optional(),
});

/** What was posted: where, and a digest of what it said. */
const message = openObject({ channel: z.string(), ts: z.string(), digest: z.string(), at: instant });

const condition = openObject({
  type: z.string(),
  status: z.enum(["True", "False", "Unknown"]),
  reason: z.string(),
  message: z.string(),
  lastTransitionTime: instant,
  observedGeneration: z.number().optional(),
});

/** What is true of an environment now; what could not be read is absent. */
const now = openObject({
  /** Since when some of it cannot be looked at, which is as it was then. */
  unseenSince: instant.optional(),
  /** The commit whose manifests are applied, whole. */
  commit: z.string().optional(),
  /** The tag of the project's image that runs; of several the newest that is ready. */
  tag: z.string().optional(),
  /** Pods of the newest revision that are ready, and how many are wanted. */
  ready: z.number().int().optional(),
  wanted: z.number().int().optional(),
  /**
   * What the URL answers: `status` where the application did; `why` a finding's code where it is not reached, `instead` the
   * status that somebody before it answered then.
   */
  answer: z
    .object({
      status: z.number().int().optional(),
      why: z.string().optional(),
      instead: z.number().int().optional(),
      from: z.string().optional(),
    })
    .optional(),
});

/**
 * Of what is written in status now. Raised with each change that a version before would not keep or would misread; a field
 * that may be absent is none, since what is unknown is kept. The API server refuses a status of a lower one or of none in
 * the place of one of this (docs/decisions/0011), and one of a higher cannot be read here.
 */
export const STATUS_VERSION = 1;

const PHASES = [
  "Requested",
  "Refused",
  "Launching",
  "Live",
  "Failed",
  "Cancelled",
  "Kept",
  "Removing",
  "Removed",
] as const;

/** What was looked at before anything was made; src/project/look.ts says what each is. */
const look = openObject({
  check: z.string(),
  state: z.enum(["ok", "failed", "warning", "unknown"]),
  reason: z.string(),
  params: params.optional(),
  evidence: z.string().optional(),
  proposal: z.string().optional(),
});

/** What is so: `status` of a Project. What is not known is absent, and fields of a later version are kept. */
export const projectStatus = openObject({
  version: z
    .number()
    .int()
    .refine((version) => version <= STATUS_VERSION)
    .optional()
    .describe("How this status is written. One of a lower version, or of none, does not replace it."),
  observedGeneration: z.number().optional(),
  /**
   * Requested → Launching | Refused (then the object goes); Launching → Live | Failed | Cancelled; Failed → Launching
   * (retry) | Kept | Removing → Removed (then the object goes). Without a status nobody has looked at it yet.
   */
  phase: z.enum(PHASES).default("Requested"),
  conditions: z.array(condition).default([]),
  /** What came of the look ahead, until the project is live: who asked for it is answered from here. */
  preflight: openObject({ at: instant, lines: z.array(look) }).optional(),
  url: z.string().optional(),
  /** Of the launch: the first commit, and when it began and ended. */
  launch: openObject({
    startedAt: instant.optional(),
    finishedAt: instant.optional(),
    sha: z.string().optional(),
  }).default({}),
  repository: openObject({
    id: z.number(),
    url: z.string(),
    cloneUrl: z.string(),
    defaultBranch: z.string(),
    hookId: z.number().optional(),
    /** GitHub's ping of the webhook arrived and was answered. */
    hookPinged: z.boolean().optional(),
    /** What it was last given, URL and secret: the former signed with the latter, which is not told by that. */
    hookSeal: z.string().optional(),
    /** When it was last written anew because what it had sent was not taken. */
    hookRenewedAt: instant.optional(),
  }).optional(),
  environments: z
    .array(
      openObject({
        name: z.string(),
        tag: z.string().optional(),
        /** It was given this tag by a pin, whatever the image of its commit is. */
        pinnedTag: z.string().optional(),
        /** The tag that it is pinned to and what GitHub said of it, before it is given: its commit, or none of that name. */
        tagged: openObject({ tag: z.string(), sha: z.string().optional() }).optional(),
        /** When it was given this tag. */
        tagSince: instant.optional(),
        /** The commit that it was given, manifests and image, and the name of the Flux source that has the manifests. */
        released: z.string().optional(),
        source: z.string().optional(),
        /** Commits whose manifests are kept in the cluster, oldest first: going back to one needs no GitHub. */
        sources: z.array(z.string()).optional(),
        /** What `replicas` of the spec was at first sight, which the repository was given as well. */
        launchedReplicas: z.number().int().optional(),
        /** Since when it was another: from then on the Project says how many, and no longer the repository. */
        scaledSince: instant.optional(),
        /** The commit whose manifests are being fetched, before it is released. */
        fetching: z.string().optional(),
        /** As it is at this moment, as far as it could be seen. */
        now: now.optional(),
        revision: z.string().optional(),
        url: z.string().optional(),
      }),
    )
    .default([]),
  stages: z.array(stage).default([]),
  ledger: z.array(ledgerEntry).default([]),
  builds: z.array(buildRecord).default([]),
  deploys: z.array(deploy).default([]),
  findings: z.array(findingRecord).default([]),
  /** The finding that stopped the launch, while phase is Failed. */
  failure: findingRecord.optional(),
  messages: z.record(z.string(), message).default({}),
  /** Seconds that each finished launch or deploy took, newest last, bounded: what time left is told from. */
  history: z
    .array(openObject({ kind: z.enum(["launch", "deploy"]), build: z.number(), total: z.number() }))
    .default([]),
  /** Seconds, from this project's history or else its template; p95 only where the history is long enough to tell. */
  expected: openObject({ build: z.number(), total: z.number(), p95: z.number().optional() }).optional(),
  timeline: z.array(openObject({ at: instant, reason: z.string(), params: params.default({}) })).default([]),
  /** Ids of intents that were handled. */
  handled: z.array(z.string()).default([]),
  /** Where Slack refuses: code and since when, cleared once it takes a message again. */
  slack: openObject({ problem: z.string(), since: instant }).optional(),
});
