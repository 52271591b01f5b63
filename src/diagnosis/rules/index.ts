import type { Rule } from "../rule.ts";
import { fluxSourceTimeout } from "./flux-source-timeout.ts";
import { portBlocked } from "./port-blocked.ts";

/** What can go wrong. A file is its rule's code. */
export const rules: readonly Rule[] = [fluxSourceTimeout, portBlocked];
