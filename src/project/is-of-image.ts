/** Whether a reference is of that image, by a tag, a digest, or neither: `ghcr.io/acme/rrr@sha256:…` of `ghcr.io/acme/rrr`. */
export function isOfImage(image: string, reference: string): boolean {
  return reference === image || reference.startsWith(`${image}:`) || reference.startsWith(`${image}@`);
}
