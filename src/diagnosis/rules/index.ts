import type { Rule } from "../rule.ts";
import { buildCancelled } from "./build-cancelled.ts";
import { buildFailed } from "./build-failed.ts";
import { buildRed } from "./build-red.ts";
import { cdnInFront } from "./cdn-in-front.ts";
import { certChallengeFailed } from "./cert-challenge-failed.ts";
import { certChallengeWaits } from "./cert-challenge-waits.ts";
import { certHostMissing } from "./cert-host-missing.ts";
import { cronJobFailed } from "./cron-job-failed.ts";
import { dnsElsewhere } from "./dns-elsewhere.ts";
import { dnsMissing } from "./dns-missing.ts";
import { fluxApplyFailed } from "./flux-apply-failed.ts";
import { fluxBuildFailed } from "./flux-build-failed.ts";
import { fluxHealthTimeout } from "./flux-health-timeout.ts";
import { fluxPathMissing } from "./flux-path-missing.ts";
import { fluxSourceFailed } from "./flux-source-failed.ts";
import { fluxSourceTimeout } from "./flux-source-timeout.ts";
import { fluxSuspended } from "./flux-suspended.ts";
import { http404NoRoute } from "./http-404-no-route.ts";
import { http502503504 } from "./http-502-503-504.ts";
import { httpNoAnswer } from "./http-no-answer.ts";
import { icpBlock } from "./icp-block.ts";
import { imageElsewhere } from "./image-elsewhere.ts";
import { imageMissing } from "./image-missing.ts";
import { imageNeverPushed } from "./image-never-pushed.ts";
import { imagePlatform } from "./image-platform.ts";
import { imageRegistryTls } from "./image-registry-tls.ts";
import { imageRegistryUnreachable } from "./image-registry-unreachable.ts";
import { imageUnauthorized } from "./image-unauthorized.ts";
import { ingressMissing } from "./ingress-missing.ts";
import { jobFailed } from "./job-failed.ts";
import { namespaceGone } from "./namespace-gone.ts";
import { notReachableUnexplained } from "./not-reachable-unexplained.ts";
import { pinCommitMissing } from "./pin-commit-missing.ts";
import { pinImageMissing } from "./pin-image-missing.ts";
import { podConfigMissing } from "./pod-config-missing.ts";
import { podCrashloop } from "./pod-crashloop.ts";
import { podInitFailed } from "./pod-init-failed.ts";
import { podOom } from "./pod-oom.ts";
import { podRefused } from "./pod-refused.ts";
import { podUnschedulable } from "./pod-unschedulable.ts";
import { portBlocked } from "./port-blocked.ts";
import { portRefused } from "./port-refused.ts";
import { quotaExceeded } from "./quota-exceeded.ts";
import { redirectLoop } from "./redirect-loop.ts";
import { replicasOverruled } from "./replicas-overruled.ts";
import { repoArchived } from "./repo-archived.ts";
import { repoGone } from "./repo-gone.ts";
import { rolloutPaused } from "./rollout-paused.ts";
import { rolloutStuck } from "./rollout-stuck.ts";
import { scaledToZero } from "./scaled-to-zero.ts";
import { servicePortUndeclared } from "./service-port-undeclared.ts";
import { tlsExpired } from "./tls-expired.ts";
import { tlsUntrusted } from "./tls-untrusted.ts";
import { tlsWrongCert } from "./tls-wrong-cert.ts";
import { webhookMissing } from "./webhook-missing.ts";
import { webhookSecretWrong } from "./webhook-secret-wrong.ts";
import { webhookUndelivered } from "./webhook-undelivered.ts";
import { workflowMissing } from "./workflow-missing.ts";

/** What can go wrong. A file is its rule's code. */
export const rules: readonly Rule[] = [
  buildCancelled,
  buildFailed,
  buildRed,
  cdnInFront,
  certChallengeFailed,
  certChallengeWaits,
  certHostMissing,
  cronJobFailed,
  dnsElsewhere,
  dnsMissing,
  fluxApplyFailed,
  fluxBuildFailed,
  fluxHealthTimeout,
  fluxPathMissing,
  fluxSourceFailed,
  fluxSourceTimeout,
  fluxSuspended,
  http404NoRoute,
  http502503504,
  httpNoAnswer,
  icpBlock,
  imageElsewhere,
  imageMissing,
  imageNeverPushed,
  imagePlatform,
  imageRegistryTls,
  imageRegistryUnreachable,
  imageUnauthorized,
  ingressMissing,
  jobFailed,
  namespaceGone,
  notReachableUnexplained,
  pinCommitMissing,
  pinImageMissing,
  podConfigMissing,
  podCrashloop,
  podInitFailed,
  podOom,
  podRefused,
  podUnschedulable,
  portBlocked,
  portRefused,
  quotaExceeded,
  redirectLoop,
  replicasOverruled,
  repoArchived,
  repoGone,
  rolloutPaused,
  rolloutStuck,
  scaledToZero,
  servicePortUndeclared,
  tlsExpired,
  tlsUntrusted,
  tlsWrongCert,
  webhookMissing,
  webhookSecretWrong,
  webhookUndelivered,
  workflowMissing,
];
