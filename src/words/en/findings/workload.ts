import type { Params } from "../../../project/params.ts";
import type { FindingWords } from "../../words.ts";

const OLD_RUNS = () => "Pods of the previous version, if there are any, keep running.";

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

export const workload: Record<string, FindingWords> = {
  "pod-crashloop": {
    title: () => "The application keeps crashing",
    cause: (p) =>
      `The container ${p.container} has ended ${p.restarts} times${Number(p.exitCode) >= 0 ? `, last with exit code ${p.exitCode}${meaning(p.exitCode)}` : ""}.`,
    impact: OLD_RUNS,
    fix: (p) =>
      `Look at kubectl${inNamespace(p)} logs --previous ${p.pod} -c ${p.container}; fix the cause, then push.`,
  },
  "pod-oom": {
    title: () => "The application runs out of memory",
    cause: (p) => `The container ${p.container} was killed at its memory limit, ${p.restarts} times.`,
    impact: OLD_RUNS,
    fix: () => "Raise resources.limits.memory in k8s/base/deployment.yaml and push.",
  },
  "pod-config-missing": {
    title: () => "Configuration is missing",
    cause: (p) => `The container ${p.container} refers to a ConfigMap, Secret or key that is not there.`,
    impact: OLD_RUNS,
    fix: () => "Make what is named below, or take the reference out.",
  },
  "rollout-stuck": {
    title: () => "The rollout is stuck",
    cause: (p) => `${p.deployment} has made no progress within its deadline.`,
    impact: OLD_RUNS,
    fix: () => "Look at its newest pod, fix the cause, then push.",
  },
  "pod-refused": {
    title: () => "The cluster refuses the pods",
    cause: (p) => `Pods of ${p.deployment} ask for what the namespace ${p.namespace} does not allow.`,
    impact: OLD_RUNS,
    fix: () => "Take out what is named below, a privileged container or a path of the node for instance, and push.",
  },
  "quota-exceeded": {
    title: () => "The namespace's quota is used up",
    cause: () => "The cluster refuses more than the quota of this namespace allows.",
    impact: OLD_RUNS,
    fix: () => "Ask for less, or have an operator raise the quota.",
  },
};
