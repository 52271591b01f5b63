import type { KubeConfig } from "@kubernetes/client-node";
import { z } from "zod";
import type { Log } from "../project/log.ts";
import { PROJECT_LABEL } from "../project/ownership.ts";
import type { Cluster, KubeObject, ObjectRef } from "../project/ports/cluster.ts";
import { Problem } from "../project/problem.ts";
import { KINDS, type Kind } from "./kinds.ts";
import { pathOf } from "./path-of.ts";
import { type Reflector, startReflector } from "./reflector.ts";
import { createRequest } from "./request.ts";
import { trim } from "./trim.ts";

const FIELD_MANAGER = "slipway";

/** Watched for all projects at once, by our label; Projects themselves by their namespace. */
const WATCHED: readonly Kind[] = [
  "Namespace",
  "GitRepository",
  "Kustomization",
  "Deployment",
  "Pod",
  "Service",
  "EndpointSlice",
  "Ingress",
  "Certificate",
];

export interface RunningCluster extends Cluster {
  /** Projects from the watch cache. */
  projects(): KubeObject[];
  /** Resolves when every watch has its first list; rejects when `signal` aborts first. */
  synced: Promise<void>;
  /** One sentence for each watch that is not in step. */
  problems(): string[];
  stop(): void;
}

/** Connects to the API server, watches, and says which project to look at again when something of it changed. */
export function createCluster(options: {
  kubeConfig: KubeConfig;
  /** Where `Project`s live. */
  namespace: string;
  onHint: (project: string) => void;
  log: Log;
}): RunningCluster {
  const { kubeConfig, onHint, log } = options;
  const request = createRequest(kubeConfig);
  const reflectors = new Map<Kind, Reflector>();
  const start = (kind: Kind, scope: { namespace?: string; labelSelector?: string }) =>
    reflectors.set(
      kind,
      startReflector({ kind, ...scope, kubeConfig, request, log, onChange: (_, object) => hint(kind, object) }),
    );
  const generations = new Map<string, number>();

  /** Our own writes of a Project's status are no news: only what people changed is. */
  function hint(kind: Kind, object: KubeObject) {
    const { name, labels, generation } = object.metadata;
    if (kind !== "Project") {
      const project = labels?.[PROJECT_LABEL];
      if (project !== undefined) onHint(project);
    } else if (generations.get(name) !== generation) {
      generations.set(name, generation ?? 0);
      onHint(name);
    }
  }

  start("Project", { namespace: options.namespace });
  const synced = startOptional();

  /** cert-manager may not be installed; a watch of a kind that is not served would only fail. */
  async function startOptional() {
    await served("Certificate", request).then((is) => {
      for (const kind of WATCHED) if (kind !== "Certificate" || is) start(kind, { labelSelector: PROJECT_LABEL });
    });
    await Promise.all([...reflectors.values()].map((reflector) => reflector.synced));
  }

  return {
    synced,
    projects: () => [...(reflectors.get("Project")?.objects.values() ?? [])],
    problems: () =>
      [...reflectors.values()].flatMap((reflector) => {
        const problem = reflector.problem();
        return problem === undefined ? [] : [`watch of ${reflector.kind}: ${problem}`];
      }),
    stop: () => {
      for (const reflector of reflectors.values()) reflector.stop();
    },

    async get(ref) {
      try {
        return trim(kindOf(ref), await request("GET", pathOf(ref.kind, ref.namespace, ref.name)));
      } catch (error) {
        if (error instanceof Problem && error.code === "object-missing") return undefined;
        throw error;
      }
    },

    async list(_apiVersion, kind, scope = {}) {
      const cached = reflectors.get(kindOf({ kind }));
      const selector = Object.entries(scope.labels ?? {});
      if (cached?.problem() === undefined && cached && PROJECT_LABEL in (scope.labels ?? {})) {
        return [...cached.objects.values()].filter(
          (object) =>
            (scope.namespace === undefined || object.metadata.namespace === scope.namespace) &&
            selector.every(([name, value]) => object.metadata.labels?.[name] === value),
        );
      }
      const answer = z.object({ items: z.array(z.looseObject({})) }).parse(
        await request("GET", pathOf(kind, scope.namespace), {
          query: {
            labelSelector: selector.length === 0 ? undefined : selector.map((pair) => pair.join("=")).join(","),
          },
        }),
      );
      return answer.items.map((item) =>
        trim(kindOf({ kind }), { apiVersion: KINDS[kindOf({ kind })].apiVersion, kind, ...item }),
      );
    },

    async apply(object) {
      const { name, namespace } = object.metadata;
      return trim(
        kindOf(object),
        await request("PATCH", pathOf(object.kind, namespace, name), {
          query: { fieldManager: FIELD_MANAGER, force: true },
          body: object,
          contentType: "application/apply-patch+yaml",
        }),
      );
    },

    async delete(ref, precondition = {}) {
      try {
        await request("DELETE", pathOf(ref.kind, ref.namespace, ref.name), {
          body: {
            apiVersion: "v1",
            kind: "DeleteOptions",
            propagationPolicy: "Background",
            ...(precondition.uid === undefined ? {} : { preconditions: { uid: precondition.uid } }),
          },
        });
      } catch (error) {
        // Gone, or another of that name stands there now (409 on the uid): neither is ours to remove.
        if (error instanceof Problem && ["object-missing", "object-conflict"].includes(error.code)) return;
        throw error;
      }
    },

    async poke(ref) {
      // https://fluxcd.io/flux/components/source/gitrepositories/#triggering-a-reconcile
      await request("PATCH", pathOf(ref.kind, ref.namespace, ref.name), {
        query: { fieldManager: `${FIELD_MANAGER}-poke` },
        body: { metadata: { annotations: { "reconcile.fluxcd.io/requestedAt": new Date().toISOString() } } },
        contentType: "application/merge-patch+json",
      });
    },

    async can(verb, resource) {
      const answer = await request("POST", pathOf("SelfSubjectAccessReview"), {
        body: {
          apiVersion: "authorization.k8s.io/v1",
          kind: "SelfSubjectAccessReview",
          spec: { resourceAttributes: { verb, ...resource } },
        },
      });
      return z.object({ status: z.object({ allowed: z.boolean() }) }).parse(answer).status.allowed;
    },

    async podLog(pod, { lines, previous }) {
      const text = await request("GET", `${pathOf("Pod", pod.namespace, pod.name)}/log`, {
        query: { container: pod.container, tailLines: lines, previous },
        expect: "text",
      });
      return String(text)
        .split("\n")
        .filter((line) => line !== "");
    },

    serves: (_apiVersion, kind) => served(kindOf({ kind }), request),
  };
}

async function served(kind: Kind, request: ReturnType<typeof createRequest>): Promise<boolean> {
  const { apiVersion, plural } = KINDS[kind];
  try {
    const answer = await request("GET", apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`);
    const list = z.object({ resources: z.array(z.object({ name: z.string() })) }).parse(answer);
    return list.resources.some((resource) => resource.name === plural);
  } catch (error) {
    if (error instanceof Problem && error.code === "object-missing") return false;
    throw error;
  }
}

function kindOf(ref: Pick<ObjectRef, "kind">): Kind {
  if (!Object.hasOwn(KINDS, ref.kind)) throw new Error(`${ref.kind} is not in src/cluster/kinds.ts`);
  return ref.kind as Kind; // just checked
}
