import { blockedPort } from "./blocked-port.ts";
import { buildFails } from "./build-fails.ts";
import { fluxTimeout } from "./flux-timeout.ts";
import { pullTokenExpired } from "./pull-token-expired.ts";
import type { Scenario } from "./scenario.ts";
import { traefikRbac } from "./traefik-rbac.ts";

/** What can be rehearsed. */
export const scenarios: readonly Scenario[] = [fluxTimeout, blockedPort, buildFails, pullTokenExpired, traefikRbac];
