import type { workload as codes } from "../../../project/finding-params/workload.ts";
import type { Params } from "../../../project/params.ts";
import { own } from "../../own.ts";
import type { FindingsWords } from "../../words.ts";
import { jobWords } from "./job-words.ts";
import { unfit } from "./unfit.ts";

/** Of those that a shell or the kernel gave, not the application. https://tldp.org/LDP/abs/html/exitcodes.html */
const MEANINGS: Record<string, string> = {
  "126": "its command is not executable",
  "127": "the image does not contain its command",
  "134": "it aborted",
  "137": "it was killed",
  "139": "a segmentation fault",
  "143": "it was asked to stop",
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
        ? "replicas in the overlay overrides it"
        : p.whose === "unread"
          ? "Slipway cannot read who set that"
          : "someone set that in the cluster, for example with kubectl scale";

/** Why no pod of a Job is tried any more. https://kubernetes.io/docs/concepts/workloads/controllers/job/#terminal-job-conditions */
const JOB_ENDS: Record<string, string> = {
  BackoffLimitExceeded: "its pods failed more often than backoffLimit allows",
  DeadlineExceeded: "it took longer than activeDeadlineSeconds allows",
  PodFailurePolicy: "its podFailurePolicy ends it on such a failure",
  FailedIndexes: "some of its indexes failed",
  MaxFailedIndexesExceeded: "more of its indexes failed than maxFailedIndexes allows",
};

const jobEnd = ({ reason }: Params) => own(JOB_ENDS, String(reason)) ?? "Kubernetes gave up on it";

/** Who asks for none; of one that could not be learned nothing is said. */
const zeroBy = (p: Params) => {
  if (p.by) return `. ${p.by} set that by hand.`;
  if (p.whose === "autoscaler") return ". An autoscaler set that.";
  if (p.whose === "nobody")
    return ". Someone set that in the cluster, for example with kubectl scale, not in the manifests.";
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

export const workload: FindingsWords<keyof typeof codes> = {
  "pod-crashloop": {
    title: (p) => `${who(p)} keeps crashing`,
    cause: (p) => `The container ${p.container} crashed ${p.restarts} times.${ended(p)}`,
    impact: others,
    fix: (p) =>
      `Read its log: kubectl${inNamespace(p)} logs --previous ${p.pod} -c ${p.container}. Then push a fix.${jobWords.first(p)}`,
  },
  "pod-init-failed": {
    title: (p) => `The init container ${p.container} keeps failing`,
    cause: (p) =>
      `${p.container} failed ${p.restarts} times, so the ${jobWords.of(p) ?? "application"} cannot start.${ended(p)}`,
    impact: others,
    fix: (p) =>
      `Read its log: kubectl${inNamespace(p)} logs --previous ${p.pod} -c ${p.container}. Then push a fix.${jobWords.first(p)}`,
  },
  "pod-oom": {
    title: (p) => `${who(p)} runs out of memory`,
    cause: (p) => `The container ${p.container} reached its memory limit and was killed ${p.restarts} times.`,
    impact: others,
    fix: (p) => `Raise resources.limits.memory of the container ${p.container} in k8s/ and push.${jobWords.first(p)}`,
  },
  "pod-config-missing": {
    title: () => "Configuration is missing",
    cause: (p) => `The container ${p.container} refers to a ConfigMap, Secret or key that does not exist.`,
    impact: others,
    fix: () => "Create the object named above, or remove the reference to it.",
  },
  "pod-unschedulable": {
    title: (p) => `No node can run ${jobWords.of(p) ? `the ${jobWords.of(p)}` : p.workload}`,
    cause: (p) =>
      p.nodes === 0
        ? "The cluster has no nodes to run pods on."
        : `${p.nodes === 1 ? "The cluster’s only node cannot" : `None of the cluster’s ${p.nodes} nodes can`} run a pod of ${p.workload}: ${unfit.nodes(p)}.`,
    impact: others,
    fix: (p) => `${unfit.fix(p)}${jobWords.first(p)}`,
  },
  "rollout-stuck": {
    title: () => "The rollout is stuck",
    cause: (p) =>
      `${workloadOf(p)} made no progress within its deadline.${p.unready ? ` Its probes report these containers as not ready: ${p.unready}.` : ""}`,
    impact: NOT_READY,
    fix: () => "Check its newest pod and push a fix.",
  },
  "rollout-paused": {
    title: (p) => `The Deployment ${p.workload} is paused`,
    cause: (p) =>
      p.by
        ? `Its new version does not roll out until the Deployment is resumed. ${p.by} paused it by hand.`
        : `Its new version does not roll out until the Deployment is resumed.${p.whose === "flux" ? " The manifests set paused." : ""}`,
    impact: () => "The rollout waits, and so does the next push.",
    fix: (p) =>
      p.whose === "flux"
        ? "Remove paused from the Deployment in k8s/ and push."
        : `Run kubectl${inNamespace(p)} rollout resume deployment/${p.workload}.`,
  },
  "job-failed": {
    title: (p) => `The Job ${p.workload} failed`,
    cause: (p) => `The Job ${p.workload} failed: ${jobEnd(p)}.`,
    impact: () => "Its work is not done, and the cluster does not try again.",
    fix: (p) =>
      `Read its log: kubectl${inNamespace(p)} logs job/${p.workload}. Then push a fix and delete the Job, so that Flux creates it again: kubectl${inNamespace(p)} delete job ${p.workload}.`,
  },
  "cron-job-failed": {
    title: (p) => `The CronJob ${p.cronJob} failed`,
    cause: (p) => `Its run, the Job ${p.workload}, failed: ${jobEnd(p)}.`,
    impact: () => "The work of that run is not done.",
    fix: (p) =>
      `Read its log: kubectl${inNamespace(p)} logs job/${p.workload}. Then push a fix, or wait for the next run.`,
  },
  "pod-refused": {
    title: () => "The cluster rejects the pods",
    cause: (p) => `Pods of ${workloadOf(p)} request something that the namespace ${p.namespace} does not allow.`,
    impact: (p) => (jobWords.of(p) ? jobWords.impact(p) : NOT_READY()),
    fix: (p) =>
      `Correct what is named above, for example remove a privileged container or set the limits that a quota asks for, and push.${jobWords.first(p)}`,
  },
  "quota-exceeded": {
    title: () => "The namespace’s quota is used up",
    cause: () => "The cluster allows no more than this namespace’s quota.",
    impact: (p) => (jobWords.of(p) ? jobWords.impact(p) : "New pods cannot start."),
    fix: (p) => `Request less, or ask an operator to raise the quota.${jobWords.first(p)}`,
  },
  "scaled-to-zero": {
    title: (p) => `${p.environment ?? "It"} is scaled to 0 pods`,
    cause: (p) => `${p.kind} ${p.workload} is set to 0 pods${zeroBy(p)}`,
    impact: () => "The URL does not answer without pods.",
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
    title: (p) => `${p.environment} does not run the number of pods that its Project sets`,
    cause: (p) =>
      p.whose === "nobody"
        ? `The Project sets ${pods(p.wanted)} for the Deployment or StatefulSet named ${p.workload}, which does not exist.`
        : `The Project sets ${pods(p.wanted)}, but ${p.kind} ${p.workload} is set to ${pods(p.count)}: ${countedBy(p)}.`,
    impact: () => "The number in the Project has no effect.",
    fix: (p) => {
      if (p.whose === "nobody")
        return `Rename the workload to ${p.workload}, or set the number of pods in its manifest.`;
      if (p.whose === "autoscaler") return "Move the autoscaler into k8s/ and push: it then sets the number.";
      if (p.whose === "unread")
        return `Find out who sets it: kubectl${inNamespace(p)} get ${String(p.kind).toLowerCase()} ${p.workload} -o yaml --show-managed-fields.`;
      if (p.whose !== "overlay")
        return "Set the number in the Project instead. Flux restores the Project's number within 10 min.";
      return `Remove replicas from k8s/overlays/${p.environment}/kustomization.yaml and push, or set it to ${p.count} in the Project too.`;
    },
  },
};
