import { own } from "../own.ts";
import type { Sentence } from "../words.ts";
import { reach } from "./reach.ts";

const pods = (count: string | number | undefined) => (count === 1 ? "1 pod" : `${count} pods`);

/** Who does not answer yet. */
const WHO: Record<string, string> = {
  github: "GitHub to answer",
  registry: "the registry to answer",
  cluster: "the cluster to answer",
};

/** What stands behind a stage's name while it runs and when it is done. */
export const reasons: Record<string, Sentence> = {
  Pending: () => "",
  Done: () => "",
  Stalled: () => "",
  Retrying: (p) => `trying again: ${p.detail}`,
  Underway: (p) => `waiting for ${own(WHO, String(p.of)) ?? "an answer"}`,
  Unreadable: (p) => `cannot be read now: ${p.detail}`,
  NamespaceTerminating: (p) => `waiting for the old namespace ${p.namespace} to go`,
  RepositoryCreating: () => "creating it on GitHub",
  RepositoryCreated: (p) =>
    `${p.repository}, from ${p.template}, first commit ${p.sha}${p.polling ? " · GitHub’s webhook does not arrive, so a later push is found by asking, usually within a minute" : ""}`,
  ClusterPreparing: () => "waits for the repository",
  ClusterReady: () => "namespace, pull secret, Flux source",
  Superseded: () => "another commit took its place",
  BuildCancelled: (p) => `run #${p.number} was cancelled`,
  BuildNeedsApproval: (p) => `run #${p.number} · waits for an approval on GitHub`,
  BuildOver: (p) => `run #${p.number} · ${p.outcome}`,
  ImageKept: (p) =>
    p.why === "manifests"
      ? `no build needed: nothing outside k8s/ changed. Runs the image ${p.tag}`
      : `no build for this commit. Runs the image ${p.tag}`,
  ScaledToZero: () => "not checked: 0 pods are asked for",
  SourceFetching: () => "Flux is fetching the repository",
  BuildAwaited: () => "waiting for GitHub Actions to pick up the commit",
  BuildQueued: (p) => `run #${p.number} · queued`,
  BuildRunning: (p) =>
    `run #${p.number} · ${p.job}${p.step ? `, step ${p.stepNumber} of ${p.stepCount}: ${p.step}` : ""}`,
  ImageAwaited: (p) => `run #${p.number} succeeded · waiting for ${p.tag} in the registry`,
  ImageReady: (p) => `${p.image}:${p.tag}`,
  RolloutWaitsForImage: (p) => `waits for the image${p.first ? " (this is normal on a first deploy)" : ""}`,
  RolloutWaitsForSource: () => "waits for Flux to fetch the manifests",
  RolloutSuspended: (p) =>
    `waits: ${p.by || "somebody"} has suspended Flux’s ${p.kind === "Kustomization" ? "Kustomization" : "source"}`,
  RolloutApplying: (p) => `Flux is applying ${p.tag}`,
  RolloutProgressing: (p) => `${p.ready} of ${pods(p.wanted)} ready${p.workload ? `, waiting for ${p.workload}` : ""}`,
  RolloutPaused: (p) => `waits: the Deployment ${p.workload} is paused`,
  RolloutDone: (p) =>
    `${p.ready} of ${pods(p.wanted)} ready, ${p.tag}${p.held ? ` · ${p.held} kept at an earlier version by the update strategy` : ""}`,
  IngressAwaited: () => "waits for the rollout",
  IngressMissing: (p) => `waiting for an Ingress for ${p.host}`,
  IngressReady: (p) => `${p.host} → Service → port ${p.port}`,
  CertificateUnused: () => "none: plain HTTP",
  CertificateAwaited: () => "waits for the ingress",
  CertificateUnmade: () => "waits for cert-manager to take it up",
  CertificatePending: (p) => `${p.issuer}: ${p.state}`,
  CertificateReady: (p) => `${p.issuer}, valid until ${p.notAfter}`,
  ReachableAwaited: () => "checked once everything before it stands",
  ReachableUnseen: () => "waiting for a look at the URL",
  ReachableTrying: (p) => `not reachable yet: ${own(reach, String(p.why)) ?? p.detail}`,
  ReachableOutsideAwaited: (p) =>
    `answers ${p.status} from inside the cluster; from outside not seen yet (${p.detail})`,
  ReachableRenewed: (p) => `waits for an answer newer than this rollout; from outside there is none yet (${p.detail})`,
  ReachableInside: (p) => `answers ${p.status} from inside the cluster; not checked from outside`,
  ReachableOutside: (p) => `answers ${p.status} from outside (${p.vantage})`,
};
