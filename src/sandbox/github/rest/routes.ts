import { accountRoutes } from "./accounts.ts";
import { actionsPermissionRoutes } from "./actions-permissions.ts";
import { appRoutes } from "./apps.ts";
import { branchRoutes } from "./branches.ts";
import { commitRoutes } from "./commits.ts";
import { contentRoutes } from "./contents.ts";
import { environmentRoutes } from "./environments.ts";
import { gitDataRoutes } from "./git-data.ts";
import { hookRoutes } from "./hooks.ts";
import { jobRoutes } from "./jobs.ts";
import { metaRoutes } from "./meta.ts";
import { packageRoutes } from "./packages.ts";
import { refRoutes } from "./refs.ts";
import { repositoryRoutes } from "./repositories.ts";
import type { Route } from "./route.ts";
import { runRoutes } from "./runs.ts";
import { workflowRoutes } from "./workflows.ts";

/** Every REST operation that the sandbox's GitHub answers. */
export const routes: Route[] = [
  ...metaRoutes,
  ...accountRoutes,
  ...appRoutes,
  ...repositoryRoutes,
  ...contentRoutes,
  ...branchRoutes,
  ...commitRoutes,
  ...gitDataRoutes,
  ...refRoutes,
  ...hookRoutes,
  ...actionsPermissionRoutes,
  ...workflowRoutes,
  ...runRoutes,
  ...jobRoutes,
  ...environmentRoutes,
  ...packageRoutes,
];
