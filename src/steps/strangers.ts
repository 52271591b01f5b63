import type { ObjectRef } from "../project/ports/cluster.ts";
import type { EnvironmentSnapshot } from "../project/snapshot.ts";
import { type ContainerFacts, podFacts } from "./pod-facts.ts";

/**
 * A node may read a Secret only once the API server knows that a pod there names it. A kubelet that asks sooner pulls
 * without it, is refused, and backs off for 10 s. https://kubernetes.io/docs/reference/access-authn-authz/node/
 */
export const STRANGER_MS = 30_000;

/** It was asked for as if there were no pull secret. Where there is one, the next try has it. */
export function isStranger({ state: { waiting } }: ContainerFacts): boolean {
  return waiting?.message.includes("failed to fetch anonymous token") ?? false;
}

/** Pods of this tag that wait out such a back-off. What comes in their place is pulled for with the Secret, at once. */
export function strangers(at: EnvironmentSnapshot, tag: string): { ref: ObjectRef; uid: string }[] {
  if (!at.pods.known) return [];
  return at.pods.value.flatMap((object) => {
    const facts = podFacts(object);
    const { name, namespace, uid } = object.metadata;
    const is = facts?.containers.some((each) => each.wanted.endsWith(`:${tag}`) && isStranger(each));
    return is && namespace && uid ? [{ ref: { apiVersion: "v1", kind: "Pod", namespace, name }, uid }] : [];
  });
}
