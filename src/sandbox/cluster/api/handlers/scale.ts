import { isObject } from "../../store/is-object.ts";
import type { Kind } from "../../store/kind.ts";
import { mergePatch } from "../../store/merge-patch.ts";
import { refuse } from "../../store/refuse.ts";
import type { KubeObject } from "../../store.ts";
import type { Answer, ResourceCall } from "../call.ts";
import { contentTypeOf, readBody } from "../read-body.ts";
import { PATCHES } from "./patch.ts";
import { writeOptions } from "./write-options.ts";

/** https://kubernetes.io/docs/reference/kubernetes-api/autoscaling-resources/ (Scale): replicas alone, whatever the kind. */
export function getScale(call: ResourceCall): Answer {
  return { status: 200, body: scaleOf(call.kind, current(call)) };
}

export async function setScale(call: ResourceCall): Promise<Answer> {
  const { kind, wanted, server, request, method } = call;
  const paths = kind.scale;
  if (paths === undefined) throw refuse.notServed();
  const body = await readBody(request);
  const change =
    method === "PUT" ? (_: unknown, next: unknown) => next : (PATCHES[contentTypeOf(request)] ?? mergePatch);
  // The Scale is no object of this kind, so its patch is never a strategic one.
  const strategic = contentTypeOf(request).includes("strategic");
  const made = server.store.verbs.patch(
    kind,
    kind.namespaced ? wanted.namespace : undefined,
    wanted.name,
    (object) => {
      // Scale has the outer form of every object.
      const before = scaleOf(kind, object) as unknown as KubeObject;
      const after = strategic ? mergePatch(before, body) : change(before, body, call);
      const replicas = isObject(after) && isObject(after.spec) ? (after.spec.replicas ?? 0) : 0;
      return mergePatch(object, nested(paths.specReplicas, replicas));
    },
    writeOptions(call),
  );
  return { status: 200, body: scaleOf(kind, made) };
}

function current({ server, kind, wanted }: ResourceCall): KubeObject {
  const found = server.store.storage.read(kind, kind.namespaced ? wanted.namespace : undefined, wanted.name);
  if (found === undefined) throw refuse.notFound(kind, wanted.name);
  return found;
}

function scaleOf(kind: Kind, object: KubeObject) {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const selector = kind.scale?.labelSelector === undefined ? undefined : at(object, kind.scale.labelSelector);
  const labels = isObject(object.spec) && isObject(object.spec.selector) ? object.spec.selector.matchLabels : undefined;
  const fromLabels = isObject(labels)
    ? Object.entries(labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(",")
    : undefined;
  const replicas = Number(at(object, kind.scale?.specReplicas ?? "") ?? 0);
  return {
    kind: "Scale",
    apiVersion: "autoscaling/v1",
    metadata: { name, ...(namespace === undefined ? {} : { namespace }), uid, resourceVersion, creationTimestamp },
    // Go leaves a number out that is 0.
    spec: replicas > 0 ? { replicas } : {},
    status: {
      replicas: at(object, kind.scale?.statusReplicas ?? "") ?? 0,
      ...(typeof selector === "string" ? { selector } : fromLabels === undefined ? {} : { selector: fromLabels }),
    },
  };
}

function at(object: unknown, path: string): unknown {
  return keys(path).reduce((value: unknown, key) => (isObject(value) ? value[key] : undefined), object);
}

function nested(path: string, value: unknown): unknown {
  return keys(path).reduceRight((inner: unknown, key) => ({ [key]: inner }), value);
}

function keys(path: string): string[] {
  return path.split(".").filter((key) => key !== "");
}
