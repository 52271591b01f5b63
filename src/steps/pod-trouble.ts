import { z } from "zod";
import type { Finding } from "../project/finding.ts";
import type { EnvironmentSnapshot } from "../project/snapshot.ts";

const pod = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  status: z.object({
    containerStatuses: z
      .array(
        z.object({
          name: z.string(),
          image: z.string(),
          restartCount: z.number().default(0),
          state: z
            .object({
              waiting: z.object({ reason: z.string().default(""), message: z.string().default("") }).optional(),
            })
            .default({}),
          lastState: z
            .object({ terminated: z.object({ exitCode: z.number(), reason: z.string().default("") }).optional() })
            .default({}),
        }),
      )
      .default([]),
  }),
});

/** Restarts after which a crash is no longer taken for a slow start. */
const CRASHES = 3;

/** Why a pod of the wanted image does not run, when no waiting mends it. The image is known to be in the registry. */
export function podTrouble(at: EnvironmentSnapshot, tag: string): Finding | undefined {
  if (!at.pods.known) return undefined;
  for (const object of at.pods.value) {
    const parsed = pod.safeParse(object);
    if (!parsed.success) continue;
    const { name, namespace } = parsed.data.metadata;
    for (const container of parsed.data.status.containerStatuses) {
      const { waiting } = container.state;
      if (!waiting || !container.image.endsWith(`:${tag}`)) continue;
      const finding = {
        severity: "fail" as const,
        subject: `Pod/${namespace}/${name}/${container.name}`,
        seenFrom: "cluster",
        params: { pod: name, container: container.name, image: container.image, restarts: container.restartCount },
        remedies: ["retry"],
      };
      if (waiting.reason === "ImagePullBackOff" || waiting.reason === "ErrImagePull")
        return { ...finding, code: pullCode(waiting.message), evidence: waiting.message.slice(0, 300) };
      if (waiting.reason === "CreateContainerConfigError")
        return { ...finding, code: "pod-config-missing", evidence: waiting.message.slice(0, 300) };
      const { terminated } = container.lastState;
      if (waiting.reason === "CrashLoopBackOff" && container.restartCount >= CRASHES)
        return {
          ...finding,
          code: terminated?.reason === "OOMKilled" ? "pod-oom" : "pod-crashloop",
          evidence: terminated
            ? `exit code ${terminated.exitCode}, ${container.restartCount} restarts`
            : waiting.message,
          params: { ...finding.params, exitCode: terminated?.exitCode ?? -1 },
        };
    }
  }
  return undefined;
}

/** containerd's words: structure first would be better, but the kubelet passes only its text on. */
function pullCode(message: string): string {
  if (/unauthorized|401|403|denied/i.test(message)) return "image-unauthorized";
  if (/no match for platform/i.test(message)) return "image-platform";
  if (/x509|certificate/i.test(message)) return "image-registry-tls";
  if (/i\/o timeout|connection refused|no such host|no route to host/i.test(message))
    return "image-registry-unreachable";
  return "image-never-pushed";
}
