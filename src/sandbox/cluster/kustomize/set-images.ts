import { isJsonObject } from "./is-json-object.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Image } from "./parse-kustomization.ts";

/**
 * New names, tags and digests of images, everywhere that containers are.
 * https://github.com/kubernetes-sigs/kustomize/blob/api/v0.20.1/filters/imagetag/updater.go
 */
export function setImages(object: JsonObject, images: readonly Image[]): void {
  for (const image of images) {
    visitContainers(object, (container) => {
      if (typeof container.image === "string") {
        container.image = changeImage(container.image, image);
      }
    });
  }
}

// https://github.com/kubernetes-sigs/kustomize/blob/api/v0.20.1/filters/imagetag/legacy.go: any `containers` at any depth.
function visitContainers(value: Json | undefined, visit: (container: JsonObject) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) {
      visitContainers(item, visit);
    }
  } else if (isJsonObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if ((key === "containers" || key === "initContainers") && Array.isArray(inner)) {
        inner.filter(isJsonObject).forEach(visit);
      } else {
        visitContainers(inner, visit);
      }
    }
  }
}

function changeImage(value: string, image: Image): string {
  if (!new RegExp(`^${image.name}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$`).test(value)) {
    return value;
  }
  const now = splitImage(value);
  const name = image.newName || now.name;
  const overridden = Boolean(image.newTag || image.digest);
  const tag = overridden ? image.newTag : image.tagSuffix ? now.tag + image.tagSuffix : now.tag;
  const digest = overridden ? image.digest : image.tagSuffix ? "" : now.digest;
  return `${name}${tag ? `:${tag}` : ""}${digest ? `@${digest}` : ""}`;
}

function splitImage(value: string): { name: string; tag: string; digest: string } {
  const [rest = "", digest = ""] = value.split("@");
  const slash = rest.lastIndexOf("/");
  const colon = rest.indexOf(":", slash + 1);
  return colon < 0
    ? { name: rest, tag: "", digest }
    : { name: rest.slice(0, colon), tag: rest.slice(colon + 1), digest };
}
