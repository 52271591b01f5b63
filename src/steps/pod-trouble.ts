import { z } from "zod";
import type { Finding } from "../project/finding.ts";
import type { Params } from "../project/params.ts";
import type { EnvironmentSnapshot } from "../project/snapshot.ts";

const pod = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    deletionTimestamp: z.string().optional(),
    creationTimestamp: z.string().optional(),
  }),
  spec: z.object({ containers: z.array(z.object({ name: z.string(), image: z.string() })).default([]) }).prefault({}),
  status: z.object({
    containerStatuses: z
      .array(
        z.object({
          name: z.string(),
          image: z.string(),
          ready: z.boolean().default(false),
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

/**
 * A node may look up a Secret only once it knows of the pod that names it; a pull before that is anonymous. The kubelet
 * tries again after 10 s. https://kubernetes.io/docs/reference/access-authn-authz/node/
 */
const STRANGER_MS = 30_000;

/** Why a pod of the wanted image does not run, when no waiting mends it. The image is known to be in the registry. */
export function podTrouble(at: EnvironmentSnapshot, tag: string, now: Date): Finding | undefined {
  if (!at.pods.known) return undefined;
  for (const object of at.pods.value) {
    const parsed = pod.safeParse(object);
    if (!parsed.success) continue;
    if (parsed.data.metadata.deletionTimestamp !== undefined) continue;
    for (const container of parsed.data.status.containerStatuses) {
      // The status's own `image` may be another tag of the same image, as a commit that changes nothing in it makes.
      const image = parsed.data.spec.containers.find((each) => each.name === container.name)?.image ?? container.image;
      const trouble = image.endsWith(`:${tag}`) ? troubleOf(container) : undefined;
      if (!trouble) continue;
      const { name, namespace, creationTimestamp } = parsed.data.metadata;
      const young = now.getTime() - Date.parse(creationTimestamp ?? "") < STRANGER_MS;
      if (young && trouble.evidence.includes("failed to fetch anonymous token")) continue;
      const { evidence, ...rest } = trouble;
      return {
        ...rest,
        severity: "fail",
        subject: `Pod/${namespace}/${name}/${container.name}`,
        evidence: evidence.slice(0, 300),
        seenFrom: "cluster",
        params: {
          pod: name,
          container: container.name,
          image,
          restarts: container.restartCount,
          ...trouble.params,
        },
        remedies: ["retry"],
      };
    }
  }
  return undefined;
}

type Container = z.output<typeof pod>["status"]["containerStatuses"][number];

function troubleOf(container: Container): { code: string; evidence: string; params?: Params } | undefined {
  const { waiting } = container.state;
  if (waiting?.reason === "ImagePullBackOff" || waiting?.reason === "ErrImagePull")
    return { code: pullCode(waiting.message), evidence: waiting.message };
  if (waiting?.reason === "CreateContainerConfigError")
    return { code: "pod-config-missing", evidence: waiting.message };
  const { terminated } = container.lastState;
  // Between two crashes it runs for a moment: one that has crashed often is crashing until it is ready.
  const crashing = waiting ? waiting.reason === "CrashLoopBackOff" : !container.ready && terminated !== undefined;
  if (!crashing || container.restartCount < CRASHES) return undefined;
  return {
    code: terminated?.reason === "OOMKilled" ? "pod-oom" : "pod-crashloop",
    evidence: terminated
      ? `exit code ${terminated.exitCode}, ${container.restartCount} restarts`
      : (waiting?.message ?? ""),
    params: { exitCode: terminated?.exitCode ?? -1 },
  };
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
