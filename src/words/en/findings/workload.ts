import type { Params } from "../../../project/params.ts";
import { own } from "../../own.ts";
import type { FindingWords } from "../../words.ts";
import { jobWords } from "./job-words.ts";

/** Of those that a shell or the kernel gave, not the application. https://tldp.org/LDP/abs/html/exitcodes.html */
const MEANINGS: Record<string, string> = {
  "126": "its command may not be executed",
  "127": "its command is not in the image",
  "134": "it aborted itself",
  "137": "it was killed",
  "139": "a segmentation fault",
  "143": "it was told to end",
};

const meaning = (code: string | number | undefined) => {
  const said = MEANINGS[String(code)];
  return said === undefined ? "" : `: ${said}`;
};

/** A finding from before it was noted has none. */
const inNamespace = ({ namespace }: Params) => (namespace === undefined ? "" : ` -n ${namespace}`);

/** Findings that were stored before tell of a Deployment. */
const workloadOf = (p: Params) => p.workload ?? p.deployment ?? "The workload";

const ended = (p: Params) =>
  Number(p.exitCode) >= 0 ? ` Its last exit code was ${p.exitCode}${meaning(p.exitCode)}.` : "";

/** Who it is that fails: the application itself, or something beside it. */
const who = (p: Params) =>
  jobWords.of(p) && (p.role === "app" || p.role === "beside")
    ? `The ${jobWords.of(p)}`
    : p.role === "sidecar"
      ? `The sidecar ${p.container}`
      : p.role === "beside"
        ? `The container ${p.container} of ${workloadOf(p)}`
        : "The application";

const pods = (count: string | number | undefined) => (count === 1 ? "1 pod" : `${count} pods`);

/** Why another count stands than the Project's. */
const countedBy = (p: Params) =>
  p.whose === "hand"
    ? `${p.by} set that by hand`
    : p.whose === "autoscaler"
      ? "an autoscaler that is not in the repository sets it"
      : p.whose === "overlay"
        ? "replicas of the overlay has the last word"
        : p.whose === "unread"
          ? "who set that could not be read"
          : "that was set in the cluster, as kubectl scale does";

/** Why no pod of a Job is tried any more. https://kubernetes.io/docs/concepts/workloads/controllers/job/#terminal-job-conditions */
const JOB_ENDS: Record<string, string> = {
  BackoffLimitExceeded: "its pods failed more often than backoffLimit allows",
  DeadlineExceeded: "it took longer than activeDeadlineSeconds allows",
  PodFailurePolicy: "its podFailurePolicy ends it at such a failure",
  FailedIndexes: "some of its indexes failed",
  MaxFailedIndexesExceeded: "more of its indexes failed than maxFailedIndexes allows",
};

const jobEnd = ({ reason }: Params) => own(JOB_ENDS, String(reason)) ?? "Kubernetes has given it up";

/** Who asks for none; of one that could not be learned nothing is said. */
const zeroBy = (p: Params) => {
  if (p.by) return `. ${p.by} set that by hand.`;
  if (p.whose === "autoscaler") return ". An autoscaler set that.";
  if (p.whose === "nobody") return ". That was set in the cluster, as kubectl scale does, and not by the manifests.";
  if (p.whose === "flux") return p.project ? `, as the Project ${p.project} says.` : ", as the manifests say.";
  return ".";
};

const NOT_READY = () => "The new version is not ready.";

/** It may be the new version's first pod, or one that has served for months: said is only what else is ready. */
const others = (p: Params) => {
  if (jobWords.of(p)) return jobWords.impact(p);
  if (p.others === undefined) return NOT_READY();
  if (p.others === 0) return `No other pod of ${workloadOf(p)} is ready.`;
  return p.others === 1
    ? `1 other pod of ${workloadOf(p)} is ready.`
    : `${p.others} other pods of ${workloadOf(p)} are ready.`;
};

export const workload: Record<string, FindingWords> = {
  "pod-crashloop": {
    title: (p) => `${who(p)} keeps crashing`,
    cause: (p) => `The container ${p.container} has crashed ${p.restarts} times.${ended(p)}`,
    impact: others,
    fix: (p) =>
      `Read its log: kubectl${inNamespace(p)} logs --previous ${p.pod} -c ${p.container}. Then push a fix.${jobWords.first(p)}`,
  },
  "pod-init-failed": {
    title: (p) => `The init container ${p.container} keeps failing`,
    cause: (p) =>
      `${p.container} has failed ${p.restarts} times, so the ${jobWords.of(p) ?? "application"} behind it is never started.${ended(p)}`,
    impact: others,
    fix: (p) =>
      `Read its log: kubectl${inNamespace(p)} logs --previous ${p.pod} -c ${p.container}. Then push a fix.${jobWords.first(p)}`,
  },
  "pod-oom": {
    title: (p) => `${who(p)} runs out of memory`,
    cause: (p) => `The container ${p.container} was killed at its memory limit, ${p.restarts} times.`,
    impact: others,
    fix: (p) => `Raise resources.limits.memory of the container ${p.container} in k8s/ and push.${jobWords.first(p)}`,
  },
  "pod-config-missing": {
    title: () => "Configuration is missing",
    cause: (p) => `The container ${p.container} refers to a ConfigMap, Secret or key that does not exist.`,
    impact: others,
    fix: () => "Create what the evidence names, or remove the reference.",
  },
  "rollout-stuck": {
    title: () => "The rollout is stuck",
    cause: (p) =>
      `${workloadOf(p)} has made no progress within its deadline.${p.unready ? ` Not ready, as its probes see it: ${p.unready}.` : ""}`,
    impact: NOT_READY,
    fix: () => "Look at its newest pod, and push a fix.",
  },
  "rollout-paused": {
    title: (p) => `The Deployment ${p.workload} is paused`,
    cause: (p) =>
      p.by
        ? `Its new version waits until the Deployment is resumed. ${p.by} paused it by hand.`
        : `Its new version waits until the Deployment is resumed.${p.whose === "flux" ? " The manifests say paused." : ""}`,
    impact: () => "The rollout goes no further, and the next push waits too.",
    fix: (p) =>
      p.whose === "flux"
        ? "Remove paused from the Deployment in k8s/ and push."
        : `Run kubectl${inNamespace(p)} rollout resume deployment/${p.workload}.`,
  },
  "job-failed": {
    title: (p) => `The Job ${p.workload} has failed`,
    cause: (p) => `The Job ${p.workload} has failed: ${jobEnd(p)}.`,
    impact: () => "What it was to do is not done, and the cluster does not try it again.",
    fix: (p) =>
      `Read its log: kubectl${inNamespace(p)} logs job/${p.workload}. Then remove it with kubectl${inNamespace(p)} delete job ${p.workload} and push a fix: Flux creates it again.`,
  },
  "cron-job-failed": {
    title: (p) => `The CronJob ${p.cronJob} has failed`,
    cause: (p) => `A run of it, the Job ${p.workload}, has failed: ${jobEnd(p)}.`,
    impact: () => "What that run was to do is not done.",
    fix: (p) =>
      `Read its log: kubectl${inNamespace(p)} logs job/${p.workload}. Then push a fix, or wait for the next run.`,
  },
  "pod-refused": {
    title: () => "The cluster refuses the pods",
    cause: (p) => `Pods of ${workloadOf(p)} ask for something the namespace ${p.namespace} does not allow.`,
    impact: NOT_READY,
    fix: () => "Remove what the evidence names, a privileged container or a host path for instance, and push.",
  },
  "quota-exceeded": {
    title: () => "The namespace’s quota is used up",
    cause: () => "The cluster refuses more than this namespace’s quota allows.",
    impact: () => "New pods cannot start.",
    fix: () => "Ask for less, or have an operator raise the quota.",
  },
  "scaled-to-zero": {
    title: (p) => `${p.environment ?? "It"} is scaled to 0 pods`,
    cause: (p) => `${p.kind} ${p.workload} asks for 0 pods${zeroBy(p)}`,
    impact: () => "The URL does not answer while there are no pods.",
    fix: (p) => {
      if (p.whose === "autoscaler") return "Wait until the autoscaler starts pods again, or raise its minimum.";
      if (p.whose !== "flux")
        return `Run kubectl${inNamespace(p)} scale ${String(p.kind).toLowerCase()}/${p.workload} --replicas=1 to start it again.`;
      return p.project
        ? `Raise replicas of ${p.environment} in the Project ${p.project}.`
        : "Raise replicas in k8s/ and push.";
    },
  },
  "replicas-overruled": {
    title: (p) => `${p.environment} has another count of pods than its Project says`,
    cause: (p) =>
      p.whose === "nobody"
        ? `The Project says ${pods(p.wanted)}, of the Deployment or StatefulSet named ${p.workload}, and there is none.`
        : `The Project says ${pods(p.wanted)}, and ${p.kind} ${p.workload} asks for ${pods(p.count)}: ${countedBy(p)}.`,
    impact: () => "The count in the Project has no effect while that lasts.",
    fix: (p) => {
      if (p.whose === "nobody") return `Name the workload ${p.workload}, or say in its manifest how many pods run.`;
      if (p.whose === "autoscaler") return "Move the autoscaler into k8s/ and push: the count is left to it then.";
      if (p.whose === "unread")
        return `See who sets it: kubectl${inNamespace(p)} get ${String(p.kind).toLowerCase()} ${p.workload} -o yaml --show-managed-fields.`;
      if (p.whose !== "overlay") return "Say it in the Project instead: Flux sets its count again within ten minutes.";
      return `Remove replicas from k8s/overlays/${p.environment}/kustomization.yaml and push, or have the Project say ${p.count} too.`;
    },
  },
};
