import type { Container } from "./pod.ts";

/** Why a node does not get an image. */
export type PullFailure = "unauthorized" | "platform" | "tls" | "missing" | "unreachable";

/**
 * Undefined: it is not the pull that holds this container up. Structure would be better, but of what containerd says the
 * kubelet passes only the text on.
 */
export function pullFailureOf({ state, image }: Container): PullFailure | undefined {
  if (state.is !== "waiting" || (state.reason !== "ImagePullBackOff" && state.reason !== "ErrImagePull"))
    return undefined;
  const message = withoutNames(state.message, image);
  if (/unauthorized|authentication required|denied|forbidden|\b40[13]\b(?!:)/i.test(message)) return "unauthorized";
  if (/no match for platform/i.test(message)) return "platform";
  if (/x509|certificate/i.test(message)) return "tls";
  if (/: not found|NotFound|manifest unknown/.test(message)) return "missing";
  return "unreachable";
}

/** A project may be called `denied`, and a tag begin with 403. */
function withoutNames(message: string, image: string): string {
  return message
    .replace(/"[^"]*"/g, '""')
    .replace(/\bhttps?:\/\/\S+/g, "")
    .replaceAll(image, "");
}

/**
 * It was asked for as if there were no pull secret. A node may read a Secret only once the API server knows that a pod
 * there names it; a kubelet that asks sooner pulls without it, is refused, and backs off for 10 s.
 * https://kubernetes.io/docs/reference/access-authn-authz/node/
 */
export function isStranger({ state }: Container): boolean {
  return state.is === "waiting" && state.message.includes("failed to fetch anonymous token");
}

/** So long after it was refused a stranger's next try has the Secret, if it ever has. */
export const STRANGER_MS = 30_000;
