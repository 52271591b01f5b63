import { z } from "zod";

const text = z.string();
const nothing = z.object({});
/** Why nothing could be learned, as `unreadParams` has it; a version before wrote `detail` alone. */
const unread = z.object({ because: text.default("Said") }).catchall(z.union([text, z.number()]));
const run = z.object({ number: z.union([z.number(), text]).default(""), url: text.optional() });
const yes = z.enum(["yes"]).optional().catch(undefined);

/**
 * What a step or a row gives as its reason, with the facts that the sentence is made of. A step gives all of them; what is
 * read back from a stored status is parsed: a version before may not have written what `default` stands for.
 */
export const reasonParams = {
  Pending: nothing,
  Done: nothing,
  /** With the finding's code and what is known of it. */
  Stalled: z.object({ code: text }),
  /** `code`: what it is that keeps it from succeeding; `since`: milliseconds, of the first try of several. */
  Retrying: z.object({
    detail: text.default(""),
    code: text.optional(),
    step: text.optional(),
    since: z.number().optional(),
  }),
  /** `of`: whose answer is waited for; `since`: as above, of the first pass that waited. */
  Underway: z.object({ of: text.optional(), since: z.number().optional() }),
  /** `since`: as above. */
  Unreadable: unread,
  NamespaceTerminating: z.object({ namespace: text }),
  RepositoryCreating: nothing,
  /** `polling`: GitHub's webhook does not arrive. */
  RepositoryCreated: z.object({ repository: text, template: text, sha: text, polling: yes }),
  ClusterPreparing: nothing,
  ClusterReady: nothing,
  SourceFetching: nothing,
  Superseded: nothing,
  BuildAwaited: nothing,
  BuildQueued: run,
  BuildRunning: z.object({
    number: z.number(),
    url: text.optional(),
    job: text,
    step: text.optional(),
    stepNumber: z.number().optional(),
    stepCount: z.number().optional(),
  }),
  BuildNeedsApproval: run,
  BuildCancelled: run,
  BuildOver: z.object({ number: z.number(), outcome: text }),
  ImageAwaited: z.object({ number: z.number(), tag: text }),
  ImageReady: z.object({ image: text, tag: text }),
  /** `why`: only manifests changed, or the workflow was not triggered. */
  ImageKept: z.object({ tag: text, why: text.default("manifests") }),
  RolloutWaitsForImage: nothing,
  RolloutWaitsForSource: nothing,
  /** Nobody knows yet which commit a tag is of; why GitHub does not say, where it is known. */
  RolloutWaitsForCommit: z
    .object({ tag: text.default(""), because: text.optional() })
    .catchall(z.union([text, z.number()])),
  /** `by`: who suspended it; empty where that is not known. */
  RolloutSuspended: z.object({ kind: text.default(""), by: text.default("") }),
  RolloutApplying: z.object({ tag: text.default("") }),
  RolloutProgressing: z.object({
    ready: z.number(),
    wanted: z.number(),
    tag: text.default(""),
    workload: text.optional(),
  }),
  RolloutPaused: z.object({ ready: z.number(), wanted: z.number(), tag: text.default(""), workload: text }),
  /** `held`: pods that the update strategy keeps at an earlier version. */
  RolloutDone: z.object({ ready: z.number(), wanted: z.number(), tag: text.default(""), held: z.number().optional() }),
  IngressAwaited: nothing,
  IngressMissing: z.object({ host: text }),
  IngressReady: z.object({ host: text, port: z.union([z.number(), text]).default("") }),
  CertificateUnused: nothing,
  CertificateAwaited: nothing,
  CertificateUnmade: nothing,
  /** Of the challenge that is not met. */
  CertificateChallenged: z.object({ issuer: text, type: text, host: text, state: text }),
  /** `type` of the challenge that was met, if there was one. */
  CertificateOrdered: z.object({ issuer: text, type: text.optional() }),
  /** As a version before says it, with a sentence in `state`. */
  CertificatePending: z.object({ issuer: text, state: text }),
  CertificateReady: z.object({ issuer: text, notAfter: text.default("") }),
  ScaledToZero: nothing,
  ReachableAwaited: nothing,
  ReachableUnseen: nothing,
  /** `why`: a finding's code, else it is why nobody can tell. */
  ReachableTrying: z.object({ why: text.optional() }).catchall(z.union([text, z.number()])),
  ReachableOutsideAwaited: unread.extend({ status: z.number() }),
  ReachableRenewed: unread,
  ReachableInside: z.object({ status: z.number() }),
  ReachableOutside: z.object({ status: z.number(), vantage: text }),
};

export type Reason = keyof typeof reasonParams;
export type ReasonParams = { [Name in Reason]: z.output<(typeof reasonParams)[Name]> };

/** A reason with its facts; none are left out where it needs some. */
export type Reasoned = {
  [Name in Reason]: Record<string, never> extends ReasonParams[Name]
    ? { reason: Name; params?: ReasonParams[Name] }
    : { reason: Name; params: ReasonParams[Name] };
}[Reason];
