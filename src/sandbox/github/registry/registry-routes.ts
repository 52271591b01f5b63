import { blobRoutes } from "./blobs.ts";
import type { RegistryAction } from "./grant.ts";
import { manifestRoutes } from "./manifests.ts";
import type { RegistryCall } from "./serve-registry.ts";

export interface RegistryRoute {
  /** As the distribution spec numbers its endpoints. */
  end: string;
  method: string;
  path: RegExp;
  action: RegistryAction;
  handle(call: RegistryCall): Promise<void>;
}

export const registryRoutes: RegistryRoute[] = [...blobRoutes, ...manifestRoutes];
