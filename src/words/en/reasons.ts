import { bareTitle } from "../bare-title.ts";
import { own } from "../own.ts";
import { unreadSaid } from "../unread-said.ts";
import type { Words } from "../words.ts";
import { findings } from "./findings/index.ts";
import { reach } from "./reach.ts";
import { unread } from "./unread.ts";

const pods = (count: string | number | undefined) => (count === 1 ? "1 pod" : `${count} pods`);

/** Who does not answer yet. */
const WHO: Record<string, string> = {
  github: "GitHub to answer",
  registry: "the registry to answer",
  cluster: "the cluster to answer",
};

/** What stands behind a stage's name while it runs and when it is done. */
export const reasons: Words["reasons"] = {
  Pending: () => "",
  Done: () => "",
  Stalled: () => "",
  Retrying: (p) =>
    `trying again: ${p.code !== undefined && Object.hasOwn(findings, p.code) ? bareTitle(p.code, { findings }) : p.detail}`,
  Underway: (p) => `waiting for ${own(WHO, String(p.of)) ?? "an answer"}`,
  Unreadable: (p) => `cannot be read now: ${unreadSaid(p, unread)}`,
  NamespaceTerminating: (p) => `waiting until the old namespace ${p.namespace} is deleted`,
  RepositoryCreating: () => "creating it on GitHub",
  RepositoryCreated: (p) =>
    `${p.repository}, from ${p.template}, first commit ${p.sha}${p.polling ? " · GitHub’s webhook does not arrive, so Slipway finds pushes by polling, usually within 1 min" : ""}`,
  ClusterPreparing: () => "waits for the repository",
  ClusterReady: () => "namespace, pull secret, Flux source",
  Superseded: () => "replaced by a newer commit",
  BuildCancelled: (p) => `run #${p.number} was cancelled`,
  BuildNeedsApproval: (p) => `run #${p.number} · waits for approval on GitHub`,
  BuildOver: (p) => `run #${p.number} · ${p.outcome}`,
  ImageKept: (p) =>
    p.why === "manifests"
      ? `no build needed: nothing outside k8s/ changed. Runs the image ${p.tag}`
      : `no build for this commit. Runs the image ${p.tag}`,
  ScaledToZero: () => "not checked: scaled to 0 pods",
  SourceFetching: () => "Flux is fetching the repository",
  BuildAwaited: () => "waiting for GitHub Actions to pick up the commit",
  BuildQueued: (p) => `run #${p.number} · queued`,
  BuildRunning: (p) =>
    `run #${p.number} · ${p.job}${p.step ? `, step ${p.stepNumber} of ${p.stepCount}: ${p.step}` : ""}`,
  ImageAwaited: (p) => `run #${p.number} succeeded · waiting for ${p.tag} in the registry`,
  ImageReady: (p) => `${p.image}:${p.tag}`,
  RolloutWaitsForImage: () => "waits for the image",
  RolloutWaitsForSource: () => "waits for Flux to fetch the manifests",
  RolloutWaitsForCommit: (p) =>
    `waits for GitHub to say which commit the tag ${p.tag} belongs to${p.because === undefined ? "" : `: ${unreadSaid(p, unread)}`}`,
  RolloutSuspended: (p) =>
    `waits: ${p.by || "someone"} suspended Flux’s ${p.kind === "Kustomization" ? "Kustomization" : "source"}`,
  RolloutApplying: (p) => `Flux is applying ${p.tag}`,
  RolloutProgressing: (p) => `${p.ready} of ${pods(p.wanted)} ready${p.workload ? `, waiting for ${p.workload}` : ""}`,
  RolloutPaused: (p) => `waits: the Deployment ${p.workload} is paused`,
  RolloutDone: (p) =>
    `${p.ready} of ${pods(p.wanted)} ready, ${p.tag}${p.held ? ` · ${p.held} stay at an earlier version (update strategy)` : ""}`,
  IngressAwaited: () => "waits for the rollout",
  IngressMissing: (p) => `waiting for an Ingress for ${p.host}`,
  IngressReady: (p) => `${p.host} → Service → port ${p.port}`,
  CertificateUnused: () => "none: plain HTTP",
  CertificateAwaited: () => "waits for the ingress",
  CertificateUnmade: () => "waits for cert-manager",
  CertificateChallenged: (p) => `${p.issuer}: ${p.type} challenge ${p.state} for ${p.host}`,
  CertificateOrdered: (p) =>
    `${p.issuer}: ${p.type === undefined ? "order in progress" : `${p.type} challenge passed, being issued`}`,
  CertificatePending: (p) => `${p.issuer}: ${p.state}`,
  CertificateReady: (p) => `${p.issuer}, valid until ${p.notAfter}`,
  ReachableAwaited: () => "checked once the steps above are done",
  ReachableUnseen: () => "waiting for a check of the URL",
  ReachableTrying: (p) => `not reachable yet: ${own(reach, String(p.why)) ?? unreadSaid(p, unread)}`,
  ReachableOutsideAwaited: (p) =>
    `answers ${p.status} from inside the cluster; not checked from outside yet (${unreadSaid(p, unread)})`,
  ReachableRenewed: (p) => `waits for an answer from this rollout; none from outside yet (${unreadSaid(p, unread)})`,
  ReachableInside: (p) => `answers ${p.status} from inside the cluster; not checked from outside`,
  ReachableOutside: (p) => `answers ${p.status} from outside (${p.vantage})`,
};
