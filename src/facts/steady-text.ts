/** Letters of what Kubernetes makes up: https://github.com/kubernetes/apimachinery/blob/v0.34.4/pkg/util/rand/rand.go */
const RANDOM = "[bcdfghjklmnpqrstvwxz24-9]";

/**
 * What a try names anew, though it fails for the same reason: a temporary path, a port of its own, how long it took, what
 * time it was, a request's number, a version of an object, the random part of a pod's name.
 */
const PASSING: [RegExp, string][] = [
  [/\/tmp\/[^\s:'"]*?(?=\/k8s\b)/g, ""],
  [/\/tmp\/(?:kustomization|gitrepository|tmp|build)?[-\w.]*\d[-\w.]*/g, "/tmp/…"],
  [/(?<=\b(?:read|write|dial) (?:tcp|udp)[46]? )\S+:\d{4,5}->/g, ""],
  // One that was measured has decimals, one that was set has none: Go's Duration.String.
  [/(?<![\w.:/-])(?:\d+h)?(?:\d+m)?\d+\.\d+(?:s|ms|µs)(?![\w.])/g, "…"],
  [/(?<=\bback-off )(?:\d+h)?(?:\d+m)?\d+s\b/g, "…"],
  // Of a certificate: until when it was valid stays.
  [/(?<=\bcurrent time )\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, "…"],
  [/(?<=\brequest[ -]?id[:=]? ?["']?)[\w:-]{8,}/gi, "…"],
  [/(?<=\bresource ?version[:=]? ?"?)\d+(?: \(\d+\))?/gi, "…"],
  // A volume of that name is the same one each time.
  [/(?<!pvc-)\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "…"],
  [new RegExp(`(?<=[a-z0-9])-${RANDOM}{7,10}-${RANDOM}{5}(?![a-z0-9-])`, "g"), "-…"],
  [new RegExp(`(?<=\\bpods? "[a-z0-9.-]+)-${RANDOM}{5}(?=")`, "g"), "-…"],
];

/** An error's words without what changes with each try, so that the same trouble is told once. */
export function steadyText(message: string): string {
  return PASSING.reduce((text, [shape, instead]) => text.replace(shape, instead), message);
}
