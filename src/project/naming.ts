/** Namespaces that no launch may take, whatever labels they carry. */
export const RESERVED = [
  ...["default", "flux-system", "cert-manager", "slipway", "slipway-system"],
  // Whose pods the bot's NetworkPolicy lets in.
  ...["traefik", "monitoring"],
];

/**
 * A project's name is a repository, a namespace, a Service and a DNS label at once, so the narrowest rule holds:
 * RFC 1123 label (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/), at most 40 characters
 * so that `<name>-<environment>` stays within 63.
 */
export function checkName(
  name: string,
): { ok: true } | { ok: false; reason: NameReason; proposal: string | undefined } {
  const reason = reasonAgainst(name);
  if (!reason) return { ok: true };
  const proposal = suggestName(name);
  return { ok: false, reason, proposal: reasonAgainst(proposal) ? undefined : proposal };
}

export type NameReason =
  | "NameEmpty"
  | "NameTooLong"
  | "NameUpperCase"
  | "NameCharacters"
  | "NameHyphenAtEdge"
  | "NameReserved";

function reasonAgainst(name: string): NameReason | undefined {
  if (name === "") return "NameEmpty";
  if (name.length > 40) return "NameTooLong";
  if (/^[A-Za-z0-9-]+$/.test(name) && /[A-Z]/.test(name)) return "NameUpperCase";
  if (!/^[a-z0-9-]+$/.test(name)) return "NameCharacters";
  if (name.startsWith("-") || name.endsWith("-")) return "NameHyphenAtEdge";
  // A Service's name must begin with a letter (RFC 1035), so `8888` is a fine repository but Services get a prefix.
  if (name.startsWith("kube-") || RESERVED.includes(name)) return "NameReserved";
  return undefined;
}

/** `My App!` → `my-app`. */
function suggestName(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
  if (plain === "") return "my-app";
  return plain.startsWith("kube-") || RESERVED.includes(plain) ? `${plain}-app` : plain;
}

/** Of the default environment `<name>`, of others `<name>-<environment>`. */
export function namespaceOf(name: string, environment: string, isDefault: boolean): string {
  return isDefault ? name : `${name}-${environment}`;
}

export function hostOf(name: string, environment: string, isDefault: boolean, domain: string): string {
  return `${isDefault ? name : `${name}-${environment}`}.${domain}`;
}

/** `ghcr.io/acme/rrr`; OCI names are lower case only. */
export function imageOf(registryHost: string, owner: string, repository: string): string {
  return `${registryHost}/${owner}/${repository}`.toLowerCase();
}

/** The immutable tag of a commit. */
export function tagOf(sha: string): string {
  return sha.slice(0, 12);
}
