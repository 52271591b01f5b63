import type { Rule } from "../rule.ts";
import { fluxSourceTimeout } from "./flux-source-timeout.ts";
import { portBlocked } from "./port-blocked.ts";
import { repoArchived } from "./repo-archived.ts";
import { repoGone } from "./repo-gone.ts";

/** What can go wrong. A file is its rule's code. */
export const rules: readonly Rule[] = [repoGone, repoArchived, fluxSourceTimeout, portBlocked];
