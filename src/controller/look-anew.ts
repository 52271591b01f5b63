import { imageOf } from "../project/naming.ts";
import type { Project } from "../project/project.ts";
import type { Controller } from "./controller.ts";

/** A person has changed something and asks for a look: what is remembered from before that is none. */
export function lookAnew(
  { metadata, spec }: Project,
  { ports, settings }: Pick<Controller, "ports" | "settings">,
): void {
  const { owner, repository: name } = spec;
  ports.github.invalidate({ owner, name });
  ports.registry.forget(imageOf(settings.registryHost, owner, name));
  ports.sites.soon(metadata.name, "asked");
}
