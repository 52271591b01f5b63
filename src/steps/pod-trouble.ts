import type { Finding } from "../project/finding.ts";
import type { Params } from "../project/params.ts";
import type { EnvironmentSnapshot } from "../project/snapshot.ts";
import { lastWords } from "./last-words.ts";
import { type ContainerFacts, podFacts } from "./pod-facts.ts";
import { isStranger, STRANGER_MS } from "./strangers.ts";

/** Restarts after which a crash is no longer taken for a slow start. */
const CRASHES = 3;

/** Why a pod of the wanted image does not run, when no waiting mends it. The image is known to be in the registry. */
export function podTrouble(at: EnvironmentSnapshot, tag: string, now: Date): Finding | undefined {
  if (!at.pods.known) return undefined;
  for (const object of at.pods.value) {
    const facts = podFacts(object);
    if (!facts) continue;
    const { name, namespace, creationTimestamp } = facts.pod.metadata;
    const young = now.getTime() - Date.parse(creationTimestamp ?? "") < STRANGER_MS;
    for (const container of facts.containers) {
      const trouble = container.wanted.endsWith(`:${tag}`) ? troubleOf(container) : undefined;
      if (!trouble || (young && isStranger(container))) continue;
      const { evidence, ...rest } = trouble;
      return {
        ...rest,
        severity: "fail",
        subject: `Pod/${namespace}/${name}/${container.name}`,
        evidence: evidence.slice(0, 300),
        seenFrom: "cluster",
        params: {
          pod: name,
          namespace,
          container: container.name,
          image: container.wanted,
          restarts: container.restartCount,
          ...trouble.params,
        },
        remedies: ["retry"],
      };
    }
  }
  return undefined;
}

function troubleOf(container: ContainerFacts): { code: string; evidence: string; params?: Params } | undefined {
  const { waiting } = container.state;
  if (waiting?.reason === "ImagePullBackOff" || waiting?.reason === "ErrImagePull")
    return { code: pullCode(waiting.message), evidence: waiting.message };
  if (waiting?.reason === "CreateContainerConfigError")
    return { code: "pod-config-missing", evidence: waiting.message };
  const { terminated } = container.lastState;
  // Between two crashes it runs for a moment: one that has crashed often is crashing until it is ready.
  const crashing = waiting ? waiting.reason === "CrashLoopBackOff" : !container.ready && terminated !== undefined;
  if (!crashing || container.restartCount < CRASHES) return undefined;
  const ended = terminated
    ? `exit code ${terminated.exitCode}, ${container.restartCount} restarts`
    : (waiting?.message ?? "");
  const params = { exitCode: terminated?.exitCode ?? -1 };
  if (terminated?.reason === "OOMKilled") return { code: "pod-oom", evidence: ended, params };
  return { code: "pod-crashloop", evidence: lastWords(terminated?.message ?? "") || ended, params };
}

/** containerd's words: structure first would be better, but the kubelet passes only its text on. */
function pullCode(message: string): string {
  if (/unauthorized|authentication required|denied|forbidden|\b40[13]\b(?!:)/i.test(withoutImage(message)))
    return "image-unauthorized";
  if (/no match for platform/i.test(message)) return "image-platform";
  if (/x509|certificate/i.test(message)) return "image-registry-tls";
  if (/: not found|NotFound|manifest unknown/.test(message)) return "image-never-pushed";
  return "image-registry-unreachable";
}

/** A project may be called `denied`, and a tag begin with 403. */
function withoutImage(message: string): string {
  return message.replace(/"[^"]*"/g, '""');
}
