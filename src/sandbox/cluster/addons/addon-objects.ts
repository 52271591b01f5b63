import type { KubeObject } from "../store.ts";
import { certManager } from "./cert-manager.ts";
import { certManagerDefinitions } from "./cert-manager-definitions.ts";
import { flux } from "./flux.ts";
import { fluxDefinitions } from "./flux-definitions.ts";
import { type NodeOptions, node } from "./node.ts";
import { traefik } from "./traefik.ts";

/** What stands in the sandbox's cluster before anybody has asked for anything, in the order in which it can be created. */
export function addonObjects(options: NodeOptions): KubeObject[] {
  return [...fluxDefinitions, ...certManagerDefinitions, node(options), ...traefik, ...flux, ...certManager];
}
