/**
 * The name that a project's Deployment, Service and Ingress bear. A Service's must be an RFC 1035 label, which
 * begins with a letter, so the project `8888` has the Service `app-8888`.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names
 */
export function objectName(name: string): string {
  return /^[a-z]/.test(name) ? name : `app-${name}`;
}
