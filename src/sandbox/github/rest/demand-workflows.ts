import { may } from "../permit.ts";
import { notFound, refuse } from "./refuse.ts";
import type { Call } from "./route.ts";

/**
 * Workflow files need a permission of their own: an App is told so, a person's token without the scope finds nothing.
 * https://github.com/octokit/rest.js/issues/368
 */
export function demandWorkflows(call: Call, paths: readonly string[]): void {
  if (!paths.some((path) => path.startsWith(".github/workflows/"))) return;
  if (may(call.principal, "workflows", "write", call.repository())) return;
  if (call.principal.kind === "user") notFound();
  refuse(403, "Resource not accessible by integration", {
    headers: { "x-accepted-github-permissions": "contents=write,workflows=write" },
  });
}
