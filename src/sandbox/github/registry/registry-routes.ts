import { blobRoutes } from "./blobs.ts";
import { manifestRoutes } from "./manifests.ts";
import type { RegistryRoute } from "./registry-route.ts";

export const registryRoutes: RegistryRoute[] = [...blobRoutes, ...manifestRoutes];
